import { diagnose } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { EMPTY_LIST, LIKE_WITHOUT_WILDCARD, REPEATED_ENTRY } from "../diagnostics/messages/lints.ts";
import type { ExprNode, SourceFile } from "../syntax/ast.ts";
import type { LintInput } from "./input.ts";
import { bare, markedIn, placeOf, textOf } from "./tree.ts";

type List = ExprNode & { readonly kind: "list" };
type Binary = ExprNode & { readonly kind: "binary" };

/** Lists with the same entry twice, `containsAny([])`, and globs without a wildcard. */
export const lists = ({ files }: LintInput): readonly Diagnostic[] =>
  files.flatMap((file) => {
    const marked = markedIn(file);
    return [
      ...marked.lists.flatMap((node) => repeated(node, file)),
      ...marked.calls.flatMap((node) => emptyArgument(node, file)),
      ...marked.globs.flatMap((node) => glob(node, file, files)),
    ];
  });

const keyOf = (expr: ExprNode): string | null => {
  const plain = bare(expr);
  switch (plain.kind) {
    case "string":
    case "number":
    case "boolean":
      return JSON.stringify(plain.value);
    default:
      return null;
  }
};

const repeated = (list: List, file: SourceFile): readonly Diagnostic[] => {
  const first = new Map<string, ExprNode>();
  return list.items.flatMap((item, index) => {
    const key = keyOf(item);
    const other = key === null ? undefined : first.get(key);
    if (key === null) return [];
    if (other === undefined) {
      first.set(key, item);
      return [];
    }
    const before = list.items[index - 1]!;
    return [
      diagnose(REPEATED_ENTRY, { entry: key }, placeOf(file, item), {
        related: [{ ...placeOf(file, other), message: "first stands here" }],
        fixes: [
          {
            title: "remove it",
            preferred: true,
            edits: [{ file: file.path, start: before.end, end: item.end, text: "" }],
          },
        ],
      }),
    ];
  });
};

const emptyArgument = (
  node: ExprNode & { readonly kind: "call" },
  file: SourceFile,
): readonly Diagnostic[] => {
  const name = node.callee.kind === "member" ? node.callee.name.text : "";
  const list = node.args[0] === undefined ? undefined : bare(node.args[0]);
  if (name !== "containsAny" && name !== "containsAll") return [];
  if (list?.kind !== "list" || list.items.length > 0) return [];
  return [diagnose(EMPTY_LIST, { always: name === "containsAll" }, placeOf(file, node))];
};

const glob = (node: Binary, file: SourceFile, files: readonly SourceFile[]): readonly Diagnostic[] => {
  const pattern = textOf(node.right, file, files);
  if (pattern === null || /[*?]/u.test(pattern.value)) return [];
  const instead = node.operator === "like" ? "==" : "!=";
  const { start, end } = node.operatorSpan;
  return [
    diagnose(LIKE_WITHOUT_WILDCARD, { operator: node.operator, instead }, placeOf(file, node.right), {
      fixes: [
        {
          title: `write \`${instead}\``,
          preferred: true,
          edits: [{ file: file.path, start, end, text: instead }],
        },
      ],
    }),
  ];
};
