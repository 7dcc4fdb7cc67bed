import type {
  ClaimNode,
  ExprNode,
  Item,
  LetItem,
  TestMember,
  ToolNode,
  ToolsItem,
  TrackItem,
} from "../syntax/ast.ts";
import { effectWords } from "../syntax/clauses.ts";
import { commentsOf } from "./comments.ts";
import { type Doc, group, indent, join, LINE } from "./doc.ts";
import { block, bracketed, type Printing, source } from "./lists.ts";
import { printExpr } from "./print-expr.ts";
import { printBlock, printPattern, printPatterns } from "./print-rules.ts";
import { printField, printType } from "./print-types.ts";

/** An item, without the comments before it. */
export const printItem = (to: Printing, item: Item): Doc => {
  switch (item.kind) {
    case "policy":
      return [
        "policy ",
        item.name?.text ?? "",
        item.version === undefined ? [] : [" version ", source(to, item.version)],
      ];
    case "import":
      return ["import ", item.path === undefined ? "" : source(to, item.path), " as ", item.name?.text ?? ""];
    case "tools":
      return printTools(to, item);
    case "shape":
      return [
        item.root,
        " ",
        bracketed(to, ["{", "}"], item.fields, (field) => printField(to, field), {
          spaced: true,
          owner: item,
        }),
      ];
    case "type":
      return group(["type ", item.name?.text ?? "", " = ", printType(to, item.type)]);
    case "let":
      return printLet(to, item);
    case "fn":
      return [
        "fn ",
        item.name?.text ?? "",
        bracketed(to, ["(", ")"], item.parameters, (field) => printField(to, field)),
        printBody(to, item.body),
      ];
    case "track":
      return printTrack(to, item);
    case "default":
      return ["default ", item.effect === undefined ? "" : effectWords(item.effect.effect)];
    case "block":
      return printBlock(to, item);
    case "test":
      return [
        "test ",
        item.name === undefined ? "" : [source(to, item.name), " "],
        block(to, item, item.members, (member) => printTestMember(to, member)),
      ];
    case "prove":
      return [
        "prove ",
        item.name === undefined ? "" : [source(to, item.name), " "],
        block(to, item, item.claims, (claim) => printClaim(to, claim)),
      ];
    case "error-item":
      return source(to, item);
  }
};

/** ` = EXPR`, on the next line where it does not fit; what has brackets of its own breaks inside them. */
const printBody = (to: Printing, body: ExprNode): Doc =>
  body.kind === "list" || body.kind === "record"
    ? [" = ", printExpr(to, body)]
    : group([" =", indent([LINE, printExpr(to, body)])]);

const printLet = (to: Printing, item: LetItem): Doc => [
  "let ",
  item.name?.text ?? "",
  item.type === undefined ? [] : [": ", printType(to, item.type)],
  item.from === undefined ? [] : [" from ", source(to, item.from)],
  item.value === undefined ? [] : printBody(to, item.value),
];

const printTools = (to: Printing, item: ToolsItem): Doc => {
  const { head, inner } = commentsOf(to.attachments, item);
  const bare = item.from !== undefined && item.tools.length + head.length + inner.length === 0;
  return [
    "tools ",
    item.name === undefined ? "" : `${item.name.text} `,
    item.from === undefined ? [] : ["from ", source(to, item.from)],
    bare
      ? []
      : [item.from === undefined ? "" : " ", block(to, item, item.tools, (tool) => printTool(to, tool))],
  ];
};

const printTool = (to: Printing, { name, parameters, hints }: ToolNode): Doc => [
  source(to, name),
  parameters === undefined ? [] : bracketed(to, ["(", ")"], parameters, (field) => printField(to, field)),
  hints.map((hint) => ` @${hint.name.text}`),
];

const printTrack = (to: Printing, item: TrackItem): Doc =>
  group([
    "track ",
    item.name?.text ?? "",
    " = ",
    item.figure,
    item.sum === undefined ? [] : [" ", indent(printExpr(to, item.sum))],
    indent([
      [LINE, "on ", printPatterns(to, item.tools)],
      item.when === undefined ? [] : [LINE, "when ", indent(printExpr(to, item.when))],
      item.per === undefined ? [] : [LINE, "per ", item.per.key],
      item.within === undefined ? [] : [LINE, "within ", source(to, item.within)],
    ]),
  ]);

const printTestMember = (to: Printing, member: TestMember): Doc => {
  switch (member.kind) {
    case "given":
      return [member.root.text, " ", printExpr(to, member.value)];
    case "call":
      return [
        "call ",
        printPattern(to, member.tool),
        member.raw ? " raw" : "",
        member.input === undefined ? [] : [" ", printExpr(to, member.input)],
      ];
    case "expect":
      return [
        `expect ${effectWords(member.effect.effect)}`,
        member.by.length === 0
          ? ""
          : ` by ${member.by.map((names) => names.map(({ text }) => text).join(".")).join(", ")}`,
        member.code === undefined ? "" : ` code ${member.code.text}`,
      ];
    case "after":
      return ["after ", source(to, member.duration)];
  }
};

/** `never EFFECT, … on TOOLS where EXPR when EXPR`. */
const printClaim = (to: Printing, claim: ClaimNode): Doc =>
  group([
    claim.form,
    " ",
    join(
      ", ",
      claim.effects.map(({ effect }) => effectWords(effect)),
    ),
    indent([
      [LINE, "on ", printPatterns(to, claim.tools)],
      claim.where === undefined ? [] : [LINE, "where ", indent(printExpr(to, claim.where))],
      claim.when === undefined ? [] : [LINE, "when ", indent(printExpr(to, claim.when))],
    ]),
  ]);
