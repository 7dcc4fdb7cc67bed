import { type Location, loadProgram, memoryHost } from "@agentpolicy/language";
import { type Snapshot, snapshotOf } from "../../src/ide/snapshot.ts";
import { createWorkspace } from "../../src/ide/workspace/workspace.ts";
import type { Asked } from "./scenario.ts";

/** The policy of a scenario: its first policy file is the entry, and files of tests beside it belong to it. */
export function snapshotFor({ files }: Pick<Asked, "files">): Snapshot {
  const policies = Object.keys(files).filter((path) => path.endsWith(".agentpolicy"));
  const isTest = (path: string) => path.endsWith(".test.agentpolicy");
  const entry = policies.find((path) => !isTest(path)) ?? policies[0] ?? "";
  return snapshotOf(loadProgram(entry, memoryHost(files), { tests: policies.filter(isTest) }));
}

/** Every policy of a scenario: those that no other one imports, with their tests. */
export function snapshotsFor({ files }: Pick<Asked, "files">): readonly Snapshot[] {
  const workspace = createWorkspace(memoryHost(files));
  workspace.found(Object.keys(files).filter((path) => path.endsWith(".agentpolicy")));
  return workspace.policies().flatMap(({ entry }) => workspace.policy(entry) ?? []);
}

/** A place as scenarios show it: `policy.agentpolicy:3:5 "text"`, lines and columns from 1. */
export function shownPlace({ files, program }: Snapshot, { file, start, end }: Location): string {
  const text = files.get(file)?.text ?? program.sources.get(file)?.text ?? "";
  const before = text.slice(0, start);
  const line = before.split("\n").length;
  const column = start - before.lastIndexOf("\n");
  return `${file}:${line}:${column} ${JSON.stringify(text.slice(start, end))}`;
}
