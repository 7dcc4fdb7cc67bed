import { diagnose } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { UNKNOWN_LET_THROUGH } from "../diagnostics/messages/lints.ts";
import type { BlockItem, RuleNode, SourceFile } from "../syntax/ast.ts";
import type { LintInput } from "./input.ts";
import { placeOf } from "./tree.ts";

interface Found {
  readonly file: SourceFile;
  readonly block: BlockItem;
  readonly rule: RuleNode;
}

const covers = (block: BlockItem, kind: "all" | "unknown"): boolean =>
  block.tools.patterns.some((pattern) => pattern.kind === kind);

/**
 * A `deny` over `*`, which is every declared tool, beside rules that let unknown tools run: a call to a tool that no
 * catalogue declares slips past what looks like a rule over everything.
 */
export const unknownLetThrough = ({ files }: LintInput): readonly Diagnostic[] => {
  const rules = files.flatMap((file) =>
    file.items.flatMap((block): readonly Found[] =>
      block.kind === "block"
        ? block.members.flatMap((rule) => (rule.kind === "rule" ? [{ file, block, rule }] : []))
        : [],
    ),
  );
  const open = rules.filter(
    ({ block, rule }) =>
      covers(block, "unknown") &&
      (rule.effect.effect === "allow" || rule.effect.effect === "approval_required"),
  );
  if (open.length === 0) return [];
  return rules
    .filter(
      ({ block, rule }) => covers(block, "all") && !covers(block, "unknown") && rule.effect.effect === "deny",
    )
    .filter(({ block }) => block.where === undefined)
    .map(({ file, block, rule }) => {
      const all = block.tools.patterns.find((pattern) => pattern.kind === "all")!;
      return diagnose(
        UNKNOWN_LET_THROUGH,
        { name: rule.name?.text ?? "" },
        placeOf(file, rule.name ?? rule),
        {
          related: open.map((other) => ({
            ...placeOf(other.file, other.rule.name ?? other.rule),
            message: "lets unknown tools run",
          })),
          fixes: [
            {
              title: "cover unknown tools as well",
              preferred: false,
              edits: [{ file: file.path, start: all.end, end: all.end, text: ", unknown" }],
            },
          ],
        },
      );
    });
};
