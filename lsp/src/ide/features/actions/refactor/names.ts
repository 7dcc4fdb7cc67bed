import { printName } from "@agentpolicy/language";
import type { Snapshot, SnapshotFile } from "../../../snapshot.ts";

/** A tool as a pattern that covers nothing else. */
export function patternFor({ result }: Snapshot, tool: string): string {
  const found = result.facts.tools.get(tool);
  if (found === undefined) return tool;
  const name = printName(found.tool);
  return found.server === null ? name : `${printName(found.server)}.${name}`;
}

/** The id of a rule that a file has or would have. */
export function ruleId(snapshot: Snapshot, file: SnapshotFile, name: string): string {
  return [policyName(snapshot), ...prefixOf(snapshot, file), name].join(".");
}

/** What a rule is called in the tests of the policy: its id without the policy's name. */
export const nameInTests = (snapshot: Snapshot, id: string): string => {
  const prefix = `${policyName(snapshot)}.`;
  return id.startsWith(prefix) ? id.slice(prefix.length) : id;
};

const prefixOf = ({ program }: Snapshot, { path }: SnapshotFile): readonly string[] =>
  program.files.find((one) => one.path === path)?.prefix ?? [];

function policyName({ files, entry, result }: Snapshot): string {
  if (result.policy !== null) return result.policy.name;
  const header = files.get(entry)?.tree.items.find(({ kind }) => kind === "policy");
  const named = header?.kind === "policy" ? header.name?.text : undefined;
  return named ?? entry.slice(entry.lastIndexOf("/") + 1).replace(/\.agentpolicy$/, "");
}
