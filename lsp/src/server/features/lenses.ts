import type { CodeLens, Command } from "vscode-languageserver";
import { codeLenses, resolveLens } from "../../ide/features/lenses/lenses.ts";
import type { Lens, LensCommand } from "../../ide/model.ts";
import type { Places } from "../convert/positions.ts";
import { asked, type Session } from "../session.ts";

/** What `codeLens/resolve` gets back. */
export interface LensData {
  readonly uri: string;
  readonly pending: NonNullable<Lens["pending"]>;
}

/** What stands above blocks, rules, tools and tests. */
export function answerLenses(session: Session): void {
  const { connection } = session;
  connection.onCodeLens(async ({ textDocument }) => {
    if (!session.settings.codeLens) return [];
    const found = await asked(session, textDocument);
    if (!found) return null;
    return codeLenses(found.snapshot, found.path)
      .filter(({ command }) => session.client.hasCommands || command?.name !== "tryCall")
      .map((lens) => shown(session, found.places, textDocument.uri, lens));
  });
  connection.onCodeLensResolve(async (lens) => {
    const { uri, pending } = (lens.data ?? {}) as Partial<LensData>;
    const found = uri === undefined || !pending ? null : await asked(session, { uri });
    if (!found || !pending) return lens;
    const resolved = resolveLens(found.snapshot, { span: { start: 0, end: 0 }, title: "", pending });
    return { ...lens, command: commandOf(session, resolved) };
  });
}

const shown = (session: Session, places: Places, uri: string, lens: Lens): CodeLens => ({
  range: places.range(lens.span),
  ...(lens.pending
    ? { data: { uri, pending: lens.pending } satisfies LensData }
    : { command: commandOf(session, lens) }),
});

/** What only says something has a command without a name. */
const commandOf = (session: Session, { title, command }: Lens): Command =>
  command === undefined
    ? { title, command: "" }
    : { title, command: `agentpolicy.${command.name}`, arguments: [argumentOf(session, command)] };

function argumentOf({ uris, range }: Session, command: LensCommand): object {
  const uri = uris.uriOf(command.file);
  switch (command.name) {
    case "runTest":
      return { uri, test: command.test };
    case "tryCall":
      return { uri, tool: command.tool };
    case "showTools":
      return { uri, range: range(command.file, command.at), tools: command.tools };
  }
}
