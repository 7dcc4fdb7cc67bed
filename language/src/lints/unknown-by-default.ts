import { diagnose } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { UNKNOWN_BY_DEFAULT } from "../diagnostics/messages/lints.ts";
import type { RuleNode } from "../syntax/ast.ts";
import type { LintInput } from "./input.ts";
import { placeOf } from "./tree.ts";

/**
 * `default require approval` beside rules that only deny some unknown tools: with a block on unknown tools the default is
 * theirs too, so rules that look as if they closed something have opened the rest. Where no tools are declared at all,
 * the default is for unknown tools and for nothing else, and surely meant so.
 */
export const unknownByDefault = ({ files }: LintInput): readonly Diagnostic[] => {
  if (!files.some((file) => file.items.some(({ kind }) => kind === "tools"))) return [];
  const blocks = files.flatMap((file) =>
    file.items.flatMap((item) => {
      if (item.kind !== "block") return [];
      const unknown = item.tools.patterns.find(({ kind }) => kind === "unknown");
      return unknown === undefined ? [] : [{ file, block: item, unknown }];
    }),
  );
  const rules = blocks.flatMap(({ block }) => block.members.filter((member) => member.kind === "rule"));
  if (rules.length === 0 || !rules.every(deniesSome)) return [];
  return files.flatMap((file) =>
    file.items.flatMap((item) =>
      item.kind === "default" && item.effect?.effect === "approval_required"
        ? diagnose(UNKNOWN_BY_DEFAULT, {}, placeOf(file, item), {
            related: blocks.map((one) => ({
              ...placeOf(one.file, one.unknown),
              message: "makes unknown tools known to the policy",
            })),
          })
        : [],
    ),
  );
};

const deniesSome = ({ effect, clauses }: RuleNode): boolean =>
  effect.effect === "deny" && clauses.some(({ kind }) => kind === "when" || kind === "unless");
