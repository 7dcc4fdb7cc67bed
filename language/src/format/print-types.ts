import type { FieldNode, TypeNode } from "../syntax/ast.ts";
import { type Doc, group, ifBroken, indent, join, LINE, SOFT } from "./doc.ts";
import { bracketed, type Printing, source } from "./lists.ts";

/** A type; members of a union that does not fit stand each on its line. */
export const printType = (to: Printing, type: TypeNode): Doc => {
  switch (type.kind) {
    case "type-list": {
      const element = printType(to, type.element);
      return type.element.kind === "type-union" ? ["(", element, ")[]"] : [element, "[]"];
    }
    case "type-record":
      return bracketed(to, ["{", "}"], type.fields, (field) => printField(to, field), { spaced: true });
    case "type-union": {
      const members = type.members.map((member) => printMember(to, member));
      return group(indent([SOFT, ifBroken("| "), join([LINE, "| "], members)]));
    }
    case "type-literal":
      return typeof type.value === "string" ? source(to, type) : String(type.value);
    case "type-name":
      return type.name.text;
    case "type-error":
      return source(to, type);
  }
};

/** A union in a union was written in parentheses. */
const printMember = (to: Printing, member: TypeNode): Doc =>
  member.kind === "type-union" ? ["(", printType(to, member), ")"] : printType(to, member);

/** `name: type`, `name?: type`. */
export const printField = (to: Printing, { name, optional, type }: FieldNode): Doc => [
  source(to, name),
  optional ? "?: " : ": ",
  printType(to, type),
];
