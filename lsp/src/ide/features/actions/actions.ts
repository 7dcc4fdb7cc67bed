import type { Span } from "@agentpolicy/language";
import type { Action, ActionKind } from "../../model.ts";
import type { Snapshot } from "../../snapshot.ts";
import type { Site } from "./action.ts";
import { quickFixes } from "./fixes/quick-fixes.ts";
import { blockActions } from "./refactor/blocks.ts";
import { coverActions } from "./refactor/cover.ts";
import { extractActions } from "./refactor/extract.ts";
import { inlineActions } from "./refactor/inline.ts";
import { testActions } from "./refactor/tests.ts";
import { fixAllActions } from "./source/fix-all.ts";
import { importActions } from "./source/imports.ts";

export interface ActionOptions {
  /** Only these kinds, and those below them: `refactor` stands for `refactor.extract`, too. */
  readonly only?: readonly string[];
}

const OFFERS: readonly (readonly [kinds: readonly ActionKind[], offer: (site: Site) => readonly Action[]])[] =
  [
    [["quickfix"], quickFixes],
    [["refactor.extract"], extractActions],
    [["refactor.inline"], inlineActions],
    [["refactor.rewrite"], blockActions],
    [["refactor.rewrite"], coverActions],
    [["refactor.rewrite"], testActions],
    [["source.fixAll"], fixAllActions],
    [["source.organizeImports"], importActions],
  ];

/**
 * What can be done at a place or with what is marked: answers to findings there, refactorings, and what concerns the whole
 * file. Changes are worked out when they are asked for.
 */
export function codeActions(
  snapshot: Snapshot,
  path: string,
  { start, end }: Span,
  { only }: ActionOptions = {},
): readonly Action[] {
  const file = snapshot.files.get(path);
  if (file === undefined || !(start >= 0 && start <= end && end <= file.text.length)) return [];
  const isAsked = (kind: string) =>
    only === undefined || only.some((one) => one === "" || kind === one || kind.startsWith(`${one}.`));
  const site = { snapshot, file, span: { start, end } };
  return OFFERS.flatMap(([kinds, offer]) => (kinds.some(isAsked) ? offer(site) : []));
}
