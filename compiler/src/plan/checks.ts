import type { CheckedPolicy, Field, RecordType, Root, Tool, Type } from "@agentpolicy/language";
import type { Cover } from "./cover.ts";
import type { Check } from "./plan.ts";
import { ANY, project } from "./projection.ts";
import type { Reader } from "./reads.ts";
import { isRead, mergeReads, newReads, type Reads, rootUse, stepUse } from "./use.ts";

/** The order in which misfits are reported. */
const ROOTS: readonly Root[] = [
  "actor",
  "context",
  "resource",
  "session",
  "model",
  "evidence",
  "input",
  "now",
];

const STRING: Type = { kind: "string" };
const ANY_INPUT: RecordType = { kind: "record", fields: new Map(), rest: ANY };

/** All that deciding on a tool reads. `actor` with its `type` and `id` always is. */
export function readsOf(policy: CheckedPolicy, cover: Cover, reader: Reader): Reads {
  const reads = newReads();
  const actor = rootUse(reads, "actor");
  for (const name of ["id", "type"]) stepUse(actor, name).value = true;
  for (const { rule, body } of cover.rules) mergeReads(reader.ruleBody(rule, body), reads);
  for (const mask of cover.masks) mergeReads(reader.mask(mask), reads);
  for (const { body } of cover.watches) mergeReads(reader.trackBody(body), reads);
  if (keyedBySession(policy, cover, reads)) stepUse(rootUse(reads, "session"), "id").value = true;
  return reads;
}

/** Whether a call of the tool reads or feeds a track that is kept per session. */
export function keyedBySession(policy: CheckedPolicy, cover: Cover, reads: Reads): boolean {
  const perSession = (id: string): boolean => policy.tracks.get(id)?.per === "session";
  return cover.watches.some(({ track }) => perSession(track.id)) || [...reads.tracks].some(perSession);
}

/** What step 2 checks for a tool (null: an unknown one), in order. `needsSession` as `keyedBySession` says. */
export function checksOf(
  policy: CheckedPolicy,
  tool: Tool | null,
  reads: Reads,
  needsSession: boolean,
): Check[] {
  return ROOTS.flatMap((root) => checkOf(policy, tool, root, reads, needsSession) ?? []);
}

/** What step 2 checks of one root; null where nothing reads it. */
export function checkOf(
  policy: CheckedPolicy,
  tool: Tool | null,
  root: Root,
  reads: Reads,
  needsSession: boolean,
): Check | null {
  const use = reads.roots.get(root);
  if (use === undefined || !isRead(use)) return null;
  const type = project(declared(policy, tool, root), use);
  if (root === "actor") return { root, type: withStrings(type, ["id", "type"]) };
  if (root === "session" && needsSession) return { root, type: withStrings(type, ["id"]) };
  return { root, type };
}

function declared(policy: CheckedPolicy, tool: Tool | null, root: Root): Type {
  if (root === "now") return { kind: "number", integer: false };
  if (root === "input") return tool === null ? ANY_INPUT : tool.input;
  return policy.roots[root];
}

/** The same record with these fields required, and strings where nothing narrower is declared. */
function withStrings(type: Type, names: readonly string[]): Type {
  if (type.kind !== "record") return type;
  const fields = new Map<string, Field>(type.fields);
  for (const name of names) {
    const found = fields.get(name)?.type;
    const narrow = found !== undefined && found.kind !== "any" && found.kind !== "never";
    fields.set(name, { type: narrow ? found : STRING, optional: false });
  }
  return { ...type, fields: new Map([...fields].sort(([a], [b]) => (a < b ? -1 : 1))) };
}
