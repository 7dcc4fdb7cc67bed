import type { Expr } from "../../core/expr.ts";
import type { CheckedPolicy } from "../../core/policy.ts";
import { ANY } from "../../types/build.ts";
import type { Field, RecordType, Type } from "../../types/type.ts";
import { elementOf, typeOf } from "../analysis/typing.ts";
import { kindOfField, type TextKind } from "./kinds.ts";

interface Scope {
  readonly policy: CheckedPolicy;
  readonly input: RecordType | undefined;
  /** The list that each variable of `any`, `all` or `count` goes through. */
  readonly lists: ReadonlyMap<string, Expr>;
}

/** Text that comes from outside as it is: its expression, and what it stands for as far as that is declared. */
export const subjectOf = (
  expr: Expr,
  scope: Scope,
): { readonly of: Expr; readonly kind: TextKind | null } | null => {
  if (expr.kind === "method" && expr.method === "string.lower") return subjectOf(expr.of, scope);
  if (expr.kind === "default") {
    const given = subjectOf(expr.of, scope);
    return given === null ? null : { ...given, of: expr };
  }
  const named = expr.kind === "local" ? scope.lists.get(expr.name) : expr;
  const field = named?.kind === "default" ? named.of : named;
  if (field?.kind !== "field") return null;
  const declared = declaration(typeWithin(field.of, scope), field.name);
  if (declared !== undefined && isListed(declared.type)) return null;
  return { of: expr, kind: kindOfField(field.name, declared) };
};

/** Whether a type lists each of its values; step 2 lets no other spelling by. */
const isListed = (type: Type): boolean =>
  type.kind === "union"
    ? type.members.every(isListed)
    : type.kind === "list"
      ? isListed(type.element)
      : type.kind === "literal" || type.kind === "null";

const typeWithin = (expr: Expr, scope: Scope): Type => {
  const locals = new Map<string, Type>();
  for (const [name, list] of scope.lists)
    locals.set(name, elementOf(typeOf(list, { policy: scope.policy, input: scope.input ?? ANY, locals })));
  return typeOf(expr, { policy: scope.policy, input: scope.input ?? ANY, locals });
};

const declaration = (type: Type, name: string): Field | undefined => {
  if (type.kind === "record") return type.fields.get(name);
  if (type.kind !== "union") return undefined;
  return type.members.map((member) => declaration(member, name)).find((field) => field !== undefined);
};
