import { Uri, window } from "vscode";
import { headOf } from "../git.ts";
import type { ChangesResult, ToolChange } from "../protocol.ts";
import type { Server } from "../server.ts";
import { wordsOf } from "../status.ts";
import { counted, EFFECT_WORDS, toolWords } from "../words.ts";
import { currentPolicy } from "./current.ts";
import type { Report } from "./report.ts";

/**
 * What the policy decides otherwise than it did at the last commit, beside the text of both. Where there is no commit to
 * compare with, says so.
 */
export async function showChanges(server: Server, report: Report): Promise<void> {
  const editor = currentPolicy();
  if (editor === null) return;
  const { uri } = editor.document;
  const head = await headOf(uri);
  if (head === null) {
    window.showInformationMessage("There is no Git repository with a commit to compare with.");
    return;
  }
  const asked = await server.files(uri);
  if (asked === null) return;
  if ((await head(Uri.parse(asked.policy.uri))) === null) {
    window.showInformationMessage("The policy is new: it is not in the last commit.");
    return;
  }
  const answer = await changesSince(server, uri, asked.files, head);
  if (answer === null) return;
  await report("What changed since HEAD", changesText(answer));
}

/** Asks again while the policy turns out to have had files that it no longer has. */
async function changesSince(
  server: Server,
  uri: Uri,
  files: readonly string[],
  head: (file: Uri) => Promise<string | null>,
): Promise<ChangesResult | null> {
  const before: { readonly uri: string; readonly text: string | null }[] = [];
  for (let wanted = files; ; ) {
    for (const file of wanted) before.push({ uri: file, text: await head(Uri.parse(file)) });
    const answer = await server.changes(uri, before);
    wanted = (answer?.unread ?? []).filter((file) => before.every((known) => known.uri !== file));
    if (answer === null || wanted.length === 0) return answer;
  }
}

/** The report, in Markdown. */
export function changesText({ policy, before, tools }: ChangesResult): string {
  const name = policy.uri.slice(policy.uri.lastIndexOf("/") + 1);
  const lines = [`# What changed in ${decodeURIComponent(name)} since HEAD`, ""];
  if (before.errors > 0)
    lines.push(`At HEAD the policy has ${counted(before.errors, "error")}: it decided nothing.`, "");
  if (policy.errors > 0)
    lines.push(`The policy now has ${counted(policy.errors, "error")}: it decides nothing.`, "");
  if (tools.length === 0) lines.push("Every call is decided by the same rules as before.");
  return [...lines, ...tools.flatMap(toolLines), ""].join("\n");
}

function toolLines({ tool, before, after, rules }: ToolChange): readonly string[] {
  const was = before === null ? "no such tool" : wordsOf(before);
  const is = after === null ? "no such tool" : wordsOf(after);
  return [
    `## \`${toolWords(tool)}\``,
    "",
    was === is ? `Still ${is}.` : `Was **${was}**, is now **${is}**.`,
    "",
    ...rules.flatMap(({ id, change, effect, before: text, after: now }) => [
      `- ${change} \`${id}\` (${EFFECT_WORDS[effect]})`,
      ...(text === null && now === null
        ? []
        : ["", "  ```diff", ...diff(text, "-"), ...diff(now, "+"), "  ```"]),
    ]),
    "",
  ];
}

const diff = (text: string | null, sign: string): readonly string[] =>
  text === null ? [] : text.split("\n").map((line) => `  ${sign} ${line}`);
