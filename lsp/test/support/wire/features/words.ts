import type * as lsp from "vscode-languageserver-protocol/node";
import { shownHover } from "../../shown/hover.ts";
import type { Ask } from "../scene.ts";

/** What is said of a place in words. */
export const WORDS: Readonly<Record<string, Ask>> = {
  hover: async (scene) => {
    const found = await scene.ask<lsp.Hover | null>("hover");
    if (found === null) return shownHover(scene.text, null);
    // Links are to URIs; scenarios have paths.
    const markdown = (found.contents as lsp.MarkupContent).value.replaceAll(scene.uri(""), "");
    const span = scene.span(found.range as lsp.Range);
    return shownHover(scene.text, { span, markdown });
  },
};
