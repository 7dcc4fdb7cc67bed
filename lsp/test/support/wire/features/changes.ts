import type { Edit } from "@agentpolicy/language";
import type * as lsp from "vscode-languageserver-protocol/node";
import { edited } from "../../../../src/ide/features/rename/places.ts";
import type { Change } from "../../../../src/ide/model.ts";
import { actionCalled, shownActions, shownTexts } from "../../shown/actions.ts";
import { changeOf } from "../edits.ts";
import type { Ask, Scene } from "../scene.ts";

/** What changes texts. */
export const CHANGES: Readonly<Record<string, Ask>> = {
  actions: async (scene) => {
    const { range, asked, client } = scene;
    const found = await scene.ask<lsp.CodeAction[] | null>("codeAction", {
      range,
      context: { diagnostics: [] },
    });
    const actions = (found ?? []).map((action) => ({
      ...action,
      kind: action.kind ?? "",
      preferred: action.isPreferred === true,
    }));
    if (asked.words === "") return shownActions(actions);
    const called = actionCalled(actions, asked.words);
    if (!called) return ["not offered"];
    const action = called.edit
      ? called
      : await client.connection
          .sendRequest<lsp.CodeAction>("codeAction/resolve", called)
          .catch((error: Error) => error.message);
    if (typeof action === "string") return [`refused: ${action}`];
    return shownTexts(asked.files, changed(scene, changeOf(scene, action.edit ?? null)));
  },
  format: async (scene) => {
    const { asked, range } = scene;
    const options = { tabSize: 2, insertSpaces: true };
    const ask = (what: string, params: object) =>
      scene.ask<lsp.TextEdit[] | null>(what, { options, ...params });
    const ways: Readonly<Record<string, () => Promise<lsp.TextEdit[] | null>>> = {
      document: () => ask("formatting", {}),
      range: () => ask("rangeFormatting", { range }),
      newline: () => ask("onTypeFormatting", { ch: "\n" }),
      brace: () => ask("onTypeFormatting", { ch: "}" }),
    };
    const edits = ((await ways[asked.words]?.()) ?? []).map(
      (edit): Edit => ({ file: asked.path, ...scene.span(edit.range), text: edit.newText }),
    );
    return shownTexts(asked.files, changed(scene, { edits }));
  },
};

/** The texts of the scenario after a change. */
const changed = ({ asked }: Scene, { edits, created = {} }: Change): Readonly<Record<string, string>> => {
  const of = (path: string) => edits.filter(({ file }) => file === path);
  const texts = Object.entries(asked.files).map(([path, text]) => [path, edited(text, of(path))]);
  return { ...Object.fromEntries(texts), ...created };
};
