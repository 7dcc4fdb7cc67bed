import { memoryHost } from "@agentpolicy/language";
import { expect, test } from "vitest";
import { completions } from "../../src/ide/features/completion/completion.ts";
import { createWorkspace } from "../../src/ide/workspace/workspace.ts";

const FIRST = 'policy p\n\ntools bank {\n  a(x: string) @read-only\n  b()\n}\n\nactor { role: "a" }\n\n';
const TEXT = `${FIRST}on bank.a {\n  allow r\n}\non `;

const offered = (versions: readonly string[]): readonly string[] => {
  const workspace = createWorkspace(memoryHost({}));
  const items = versions.map((text) => {
    workspace.open("p.agentpolicy", text);
    const snapshot = workspace.snapshotOf("p.agentpolicy");
    return snapshot === null ? [] : completions(snapshot, "p.agentpolicy", text.length, { files: [] });
  });
  return (items.at(-1) ?? []).map(({ label, detail }) => `${label}: ${detail}`);
};

/** Beginnings of the text that are longer than the first part, as somebody types them. */
const typed = Array.from({ length: TEXT.length - FIRST.length }, (_, at) =>
  TEXT.slice(0, FIRST.length + at + 1),
);

// What is known of tools is kept while rules change; what rules cover must not be.
test("a tool is offered as covered as soon as a rule covers it, and no longer than one does", () => {
  const covered = offered([TEXT]);
  const bare = offered([`${FIRST}on `]);
  expect(covered).not.toEqual(bare);
  expect(offered(typed)).toEqual(covered);
  expect(offered([...typed, `${FIRST}on `])).toEqual(bare);
});
