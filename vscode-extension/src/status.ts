import * as vscode from "vscode";
import { ID } from "./host.ts";
import type { DecisionsResult, Effect } from "./protocol.ts";
import type { Server } from "./server.ts";
import { counted, EFFECT_WORDS, toolWords } from "./words.ts";

/** How long the cursor rests before the server is asked, in milliseconds. */
const REST = 120;
const ORDER: readonly Effect[] = ["allow", "approval_required", "clarification_required", "deny"];

/** What the policy decides on the tools of the block under the cursor, at the foot of the window. */
export function showStatus({ subscriptions }: vscode.ExtensionContext, server: Server): void {
  const item = vscode.window.createStatusBarItem(`${ID}.decision`, vscode.StatusBarAlignment.Left, 10);
  item.name = "AgentPolicy: Decision";
  item.command = `${ID}.showDecisions`;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked: vscode.CancellationTokenSource | undefined;

  const update = async (editor: vscode.TextEditor): Promise<void> => {
    asked?.cancel();
    asked = new vscode.CancellationTokenSource();
    const { token } = asked;
    const answer = await server
      .decisions(editor.document.uri, editor.selection.active, token)
      .catch(() => null);
    if (token.isCancellationRequested) return;
    if (answer === null) {
      item.hide();
      return;
    }
    const all =
      answer.tools.length > 0 ? null : await server.decisions(editor.document.uri).catch(() => null);
    if (token.isCancellationRequested) return;
    const { text, tooltip } = statusOf(answer, all);
    item.text = text;
    item.tooltip = tooltip;
    item.show();
  };
  const schedule = (): void => {
    clearTimeout(timer);
    const editor = vscode.window.activeTextEditor;
    if (editor?.document.languageId === ID) timer = setTimeout(() => update(editor), REST);
    else item.hide();
  };
  subscriptions.push(
    item,
    { dispose: () => clearTimeout(timer) },
    vscode.window.onDidChangeActiveTextEditor(schedule),
    vscode.window.onDidChangeTextEditorSelection(schedule),
    vscode.languages.onDidChangeDiagnostics(schedule),
  );
  schedule();
}

/** @param all the decisions of the whole policy, where the cursor is in no block */
export function statusOf(
  { policy, tools }: DecisionsResult,
  all: DecisionsResult | null,
): { readonly text: string; readonly tooltip: vscode.MarkdownString } {
  const broken = policy.errors > 0 ? `$(error) ${counted(policy.errors, "error")}: nothing runs · ` : "";
  const rows = all === null ? tools : all.tools.filter(({ tool }) => tool !== null);
  const effects = ORDER.filter((effect) => rows.some((row) => row.effects.includes(effect)));
  const of = rows.length === 1 ? toolWords(rows[0]?.tool ?? null) : counted(rows.length, "tool");
  const tooltip = new vscode.MarkdownString(
    [
      ...(policy.errors > 0 ? ["**A policy with errors lets nothing run.**", ""] : []),
      "| tool | decision |",
      "| --- | --- |",
      ...rows.slice(0, 20).map((row) => `| \`${toolWords(row.tool)}\` | ${wordsOf(row.effects)} |`),
      ...(rows.length > 20 ? [`| … | ${rows.length - 20} more |`] : []),
    ].join("\n"),
  );
  return { text: `${broken}$(shield) ${of}: ${wordsOf([...effects].reverse())}`, tooltip };
}

/** `deny, approval or allow`. */
export function wordsOf(effects: readonly Effect[]): string {
  const words = effects.map((effect) => EFFECT_WORDS[effect]);
  return words.length < 2 ? (words[0] ?? "nothing") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
