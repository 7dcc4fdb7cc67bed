import { aside } from "../connecting.ts";
import type { Session } from "../session.ts";
import { analyseAll } from "./analysis.ts";
import type { Reports } from "./reports.ts";

/** Sends diagnostics to clients that do not ask for them. */
export interface Publisher {
  /** Something has changed. What is open is looked at first, and soon. */
  readonly schedule: () => void;
  readonly stop: () => void;
}

/** A look that takes longer than this, in milliseconds, waits for a pause in the typing that is as long as the last look. */
const QUICK = 60;
const LONGEST_PAUSE = 300;

export function publisher(session: Session, reports: Reports): Publisher {
  const { workspace, connection, uris, versions } = session;
  const sent = new Map<string, string>();
  let round = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let took = 0;

  const send = (path: string): void => {
    const { id, items } = reports(path);
    const version = versions.get(path);
    const state = `${id} ${version ?? ""}`;
    if (sent.get(path) === state || (items.length === 0 && !sent.has(path) && version === undefined)) return;
    if (items.length === 0 && version === undefined) sent.delete(path);
    else sent.set(path, state);
    aside(
      connection,
      connection.sendDiagnostics({
        uri: uris.uriOf(path),
        diagnostics: items,
        ...(version !== undefined && { version }),
      }),
    );
  };
  const publish = async (): Promise<void> => {
    round += 1;
    const mine = round;
    const started = performance.now();
    for (const path of versions.keys()) {
      await session.settled(() => workspace.snapshotsOf(path));
      if (mine !== round) return;
      send(path);
    }
    took = performance.now() - started;
    if (!(await analyseAll(session, () => mine === round))) return;
    for (const path of new Set([...workspace.files(), ...sent.keys()])) send(path);
  };
  return {
    schedule: () => {
      clearTimeout(timer);
      round += 1;
      timer = setTimeout(
        () => aside(connection, publish()),
        took <= QUICK ? 0 : Math.min(took, LONGEST_PAUSE),
      );
    },
    stop: () => {
      clearTimeout(timer);
      round += 1;
    },
  };
}
