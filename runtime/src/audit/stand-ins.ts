import type { Decision } from "../abi/decision.ts";
import type { Request } from "../abi/request.ts";
import type { Json } from "../guard/copy.ts";
import { MASK } from "../guard/masks.ts";

/** What may stand where a value is masked: of each kind that policies tell apart, and of each form that they parse. */
export const STAND_INS: readonly Json[] = [
  "x",
  0,
  true,
  {},
  [],
  null,
  "",
  "a text of some length, longer than most that are asked for",
  "name@example.com",
  "https://example.com/a",
  "192.0.2.1",
  "2026-01-01T00:00:00Z",
  "/srv/a",
  1000,
  false,
];

/** A judgement of a request with stand-ins for what is masked. */
export interface Tried {
  /** The masked paths that were looked at, as policies write them: `input.iban`. */
  readonly seen: ReadonlySet<string>;
  /** With stand-ins that the policy takes; undefined where it takes none. */
  readonly after: Decision | undefined;
  /** With others on the way. */
  readonly refusals: readonly Decision[];
}

/** Judges with the stand-in of this number wherever something is masked; with others where that one does not fit. */
export function withStandIns(request: Request, from: number, decide: (request: unknown) => Decision): Tried {
  const chosen = new Map<string, number>();
  const refusals: Decision[] = [];
  for (;;) {
    const seen = new Set<string>();
    const look = (path: string): Json => {
      seen.add(path);
      return STAND_INS[(from + (chosen.get(path) ?? 0)) % STAND_INS.length] as Json;
    };
    const after = decide(revealing(request, "", look));
    const misfit = after.misfit?.path;
    const path = [...seen].find((path) => misfit !== undefined && isWithin(misfit, path));
    if (path === undefined) return { seen, after, refusals };
    refusals.push(after);
    const tries = (chosen.get(path) ?? 0) + 1;
    if (tries >= STAND_INS.length) return { seen, after: undefined, refusals };
    chosen.set(path, tries);
  }
}

const isWithin = (path: string, whole: string): boolean =>
  path === whole || (path.startsWith(whole) && /[.[]/.test(path[whole.length] ?? ""));

/** A copy in which what is masked is looked up when it is read. */
function revealing(value: unknown, path: string, look: (path: string) => Json): unknown {
  if (typeof value !== "object" || value === null) return value;
  const isList = Array.isArray(value);
  const made = isList ? [] : {};
  for (const [name, field] of Object.entries(value)) {
    const step = isList
      ? `[${name}]`
      : /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name)
        ? `.${name}`
        : `[${JSON.stringify(name)}]`;
    const at = (path + step).replace(/^\./, "").replace(/^action\.input(?=$|[.[])/, "input");
    Object.defineProperty(
      made,
      name,
      field === MASK
        ? { get: () => look(at), enumerable: true }
        : { value: revealing(field, at, look), enumerable: true },
    );
  }
  return made;
}
