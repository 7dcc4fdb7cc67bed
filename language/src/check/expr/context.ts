import type { Expr } from "../../core/expr.ts";
import type { Tool } from "../../core/policy.ts";
import type { Problem } from "../../diagnostics/define.ts";
import type { Span } from "../../text/span.ts";
import type { RecordType, Type } from "../../types/type.ts";
import { type Findings, type ForTools, type More, report, reportClean } from "../findings.ts";
import { constant, type FileScope, locate, type World } from "../world.ts";
import { type Facts, NOTHING_KNOWN, type Place } from "./facts.ts";

/** Where an expression stands: what it may read, and where its problems go. */
export interface Context {
  readonly world: World;
  readonly file: FileScope;
  readonly findings: Findings;
  /** What the expression belongs to; says what it may read. */
  readonly within: "rule" | "track" | "function" | "constant" | "where" | "claim" | "test";
  /** The arguments' type; null where there are none to read. */
  readonly input: RecordType | null;
  /** The input types of all tools of the subject, for what is only wrong if it is wrong for each of them. */
  readonly inputs: () => readonly RecordType[];
  /** The tool under check; `unknown` where it is not known before the call; null where there is none. */
  readonly tool: Tool | "unknown" | null;
  /** Parameter names that the core body already uses. */
  readonly taken: Set<string>;
}

/** A parameter of a function or of `x => …`. `core` is its name in the core body, unique there. */
export interface Local {
  readonly core: string;
  readonly type: Type;
  readonly span: Span;
  readonly place: Place;
  /** Where its value comes from, in terms of `Context.inputs`; for parameters of functions null. */
  readonly origin: readonly string[] | null;
  used: boolean;
}

/** What holds at a point within an expression. */
export interface Env {
  readonly facts: Facts;
  readonly locals: ReadonlyMap<string, Local>;
  /** The smallest condition around the point, before which a guard can be written. */
  readonly condition: Span | null;
  /** Whether the point stands in a text, where no other text can stand. */
  readonly inText?: boolean;
}

export const EMPTY_ENV: Env = { facts: NOTHING_KNOWN, locals: new Map(), condition: null };

/** Why a value may be absent, and what would ask for it. */
export interface Absence {
  readonly name: string;
  readonly nameSpan: Span;
  readonly record: string;
  readonly declaredAt: More["related"];
  readonly type: Type;
}

/** An elaborated expression. `yes` and `no`: what is known after it was true, or false. */
export interface Result {
  readonly core: Expr;
  readonly type: Type;
  /** The type before the tests on the way narrowed it; for findings that should not follow from such a test alone. */
  readonly declared?: Type;
  readonly place?: Place;
  readonly absent?: Absence;
  readonly yes: Facts;
  readonly no: Facts;
  /** Whether it differs from tool to tool: it holds `tool.*` or a `has` that the schema decides. */
  readonly varies?: boolean;
  /** Where a value comes from, for `Context.inputs`. */
  readonly origin?: readonly string[] | null;
  /** The time zone that `now("ZONE")` gives an instant. */
  readonly zone?: Expr;
}

/** The type of what has an error that was reported; silences whatever follows from it. Compared by identity. */
export const POISON: Type = { kind: "any" };

export const isPoison = (...results: readonly { readonly type: Type }[]): boolean =>
  results.some(({ type }) => type === POISON);

/** Reports a problem at a span of the file under check. */
export const complain = <F extends object>(
  cx: Context,
  kind: Problem<F & ForTools>,
  facts: F,
  span: Span,
  more: More & { readonly everywhere?: boolean } = {},
): void => report(cx.findings, kind, facts, locate(cx.file, span), more);

/** Reports only if the problem is there for every tool of the subject for which the expression is reached. */
export const complainEverywhere = <F extends object>(
  cx: Context,
  kind: Problem<F & ForTools>,
  facts: F | null,
  span: Span,
  more: More = {},
): void => {
  if (facts === null) reportClean(cx.findings, kind, locate(cx.file, span));
  else report(cx.findings, kind, facts, locate(cx.file, span), { ...more, everywhere: true });
};

/** The text of a span, on one line and not too long. */
export const textOf = (cx: Context, span: Span): string => {
  const text = cx.file.tree.text.slice(span.start, span.end).replace(/\s+/g, " ");
  return text.length > 44 ? `${text.slice(0, 43)}…` : text;
};

export const sourceOf = (cx: Context, span: Span): string => cx.file.tree.text.slice(span.start, span.end);

export const poisoned = (cx: Context, env: Env, span: Span): Result => ({
  core: constant(locate(cx.file, span), false),
  type: POISON,
  yes: env.facts,
  no: env.facts,
});

/** A result from which nothing is learnt. */
export const plain = (env: Env, core: Expr, type: Type, more: Partial<Result> = {}): Result => ({
  core,
  type,
  yes: env.facts,
  no: env.facts,
  ...more,
});

/** Runs a check whose problems are not shown, as the text cannot be reached for the tools under check. */
export const muted = <T>(
  cx: Context,
  isMuted: boolean,
  run: () => T,
): { readonly value: T; readonly failed: boolean } => {
  if (!isMuted) return { value: run(), failed: false };
  const before = cx.findings.errors;
  cx.findings.muted += 1;
  const value = run();
  cx.findings.muted -= 1;
  return { value, failed: cx.findings.errors > before };
};
