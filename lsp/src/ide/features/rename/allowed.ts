import { isReserved, type UseKind } from "@agentpolicy/language";
import type { Declaration } from "../../names/declared.ts";
import { keyOf, namesOf } from "../../names/index.ts";
import { isOwnFunction, isOwnType, isRoot } from "../../names/own.ts";
import type { Snapshot } from "../../snapshot.ts";
import { isWord } from "./spelled.ts";
import type { RenameTarget } from "./target.ts";

const WHAT: Readonly<Record<UseKind, string>> = {
  let: "a constant",
  fn: "a function",
  type: "a type",
  track: "a track",
  import: "an import",
  rule: "a rule",
  server: "a server",
  tool: "a tool",
  field: "a field",
  value: "a value",
  parameter: "a parameter",
};

/** Kinds that share one set of names in a file, which parameters may not hide either. */
const SHARED: ReadonlySet<UseKind> = new Set(["let", "fn", "type", "track", "import"]);

/** Why a thing cannot be called by a name, in one line; null where nothing speaks against it at first sight. */
export function whyNot(snapshots: readonly Snapshot[], target: RenameTarget, newName: string): string | null {
  const { kind } = target;
  const mayBeQuoted = kind === "tool" || kind === "field";
  if (newName === "" || (!mayBeQuoted && !isWord(newName)))
    return `\`${newName}\` is no name: names are letters, digits, \`_\` and inner \`-\``;
  if (isTaken(kind, newName)) return `\`${newName}\` is a name of the language`;
  const clash = target.declarations
    .flatMap((declaration) => snapshots.flatMap((snapshot) => clashes(snapshot, declaration, newName)))
    .find((other) => !target.declarations.some((own) => keyOf(own) === keyOf(other)));
  return clash === undefined ? null : `\`${newName}\` is already the name of ${WHAT[clash.kind]}`;
}

function isTaken(kind: UseKind, name: string): boolean {
  if (kind === "type") return isOwnType(name) || isReserved(name);
  if (!SHARED.has(kind) && kind !== "parameter") return kind === "server" && name === "unknown";
  if (isReserved(name) || isRoot(name)) return true;
  return kind === "fn" && isOwnFunction(name);
}

/** What has the name already, where the two would not be told apart. */
function clashes(snapshot: Snapshot, declaration: Declaration, name: string): readonly Declaration[] {
  const names = namesOf(snapshot);
  const { kind, file } = declaration;
  if (!snapshot.files.has(file)) return [];
  const others = names.declarations(file).filter((other) => other.name === name);
  switch (kind) {
    case "rule":
      return others.filter((other) => other.kind === "rule");
    case "server":
      return [...snapshot.files.keys()]
        .flatMap(names.declarations)
        .filter((other) => other.kind === "server" && other.name === name);
    case "tool":
      return others.filter(
        (other) => other.kind === "tool" && isBeside(names.declarations(file), declaration, other),
      );
    case "field":
      return others.filter((other) => other.kind === "field" && isAmong(declaration, other));
    case "parameter":
      return others.filter((other) => SHARED.has(other.kind) || isAmong(declaration, other));
    default:
      return [...sharing(snapshot, file)]
        .flatMap(names.declarations)
        .filter((other) => other.name === name && SHARED.has(other.kind));
  }
}

const isAmong = ({ among }: Declaration, other: Declaration): boolean =>
  among !== undefined && other.among?.start === among.start && other.among.end === among.end;

/** Whether two tools stand in the same `tools`. */
const isBeside = (all: readonly Declaration[], one: Declaration, other: Declaration): boolean => {
  const server = all.find(
    ({ kind, all }) => kind === "server" && all.start <= one.start && one.end <= all.end,
  );
  return server !== undefined && server.all.start <= other.start && other.end <= server.all.end;
};

/** The files whose names a file's may not repeat: tests see those of the entry. */
function sharing({ entry, program }: Snapshot, path: string): ReadonlySet<string> {
  const tests = program.files.filter(({ role }) => role === "tests").map((file) => file.path);
  return new Set(tests.includes(path) ? [path, entry] : path === entry ? [path, ...tests] : [path]);
}
