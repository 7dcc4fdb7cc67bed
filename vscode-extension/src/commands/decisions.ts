import { commands, type QuickPickItem, QuickPickItemKind, Uri, window } from "vscode";
import { rangeOf, show } from "../places.ts";
import type { Location, Range, ToolDecisions } from "../protocol.ts";
import type { Server } from "../server.ts";
import { wordsOf } from "../status.ts";
import { EFFECT_WORDS, toolWords } from "../words.ts";
import { currentPolicy } from "./current.ts";

interface Choice extends QuickPickItem {
  readonly location?: Location;
}

/** What can be decided on the tools under the cursor, or on all, and by which rules; leads to a rule. */
export async function showDecisions(server: Server): Promise<void> {
  const editor = currentPolicy();
  if (editor === null) return;
  const { uri } = editor.document;
  const here = await server.decisions(uri, editor.selection.active);
  const answer = here && here.tools.length > 0 ? here : await server.decisions(uri);
  if (answer === null) return;
  const chosen = await window.showQuickPick<Choice>(answer.tools.flatMap(choicesOf), {
    title: "What is decided here",
    placeHolder: "A rule to go to",
    matchOnDescription: true,
  });
  if (chosen?.location) await show(chosen.location);
}

const choicesOf = ({ tool, effects, byDefault, rules }: ToolDecisions): readonly Choice[] => [
  { label: `${toolWords(tool)}: ${wordsOf(effects)}`, kind: QuickPickItemKind.Separator },
  ...rules.map(({ id, effect, conditional, location }) => ({
    label: id,
    description: `${EFFECT_WORDS[effect]}${conditional ? "" : ", always"}`,
    location,
  })),
  ...(byDefault ? [{ label: "the default", description: "where no rule matches" }] : []),
];

/** What the server's lenses hand over. */
interface ToolsPlace {
  readonly uri: string;
  readonly range: Range;
  readonly tools: readonly string[];
}

/** Lists the tools that a pattern covers, and shows where it stands. */
export async function showTools({ uri, range, tools }: ToolsPlace): Promise<void> {
  const chosen = await window.showQuickPick(
    tools.map((label) => ({ label })),
    { title: `${tools.length} tools`, placeHolder: "A tool to try" },
  );
  await window.showTextDocument(Uri.parse(uri), { selection: rangeOf(range) });
  if (chosen) await commands.executeCommand("agentpolicy.tryCall", { uri, tool: chosen.label });
}
