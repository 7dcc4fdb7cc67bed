import { datetime } from "@agentpolicy/runtime/values/datetime";
import type { Expectation, Rule, Test, TestStep } from "../core/policy.ts";
import { UNKNOWN_TOOL } from "../diagnostics/messages/names.ts";
import { INVALID_TEST } from "../diagnostics/messages/tests.ts";
import { INVALID_CONSTANT } from "../diagnostics/messages/types.ts";
import { replaceFix } from "../diagnostics/replace.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { ExprNode, TestItem, TestMember } from "../syntax/ast.ts";
import type { Json, Type } from "../types/type.ts";
import { contextForConstants } from "./constants.ts";
import { expectation } from "./expectations.ts";
import { EMPTY_ENV, isPoison, POISON } from "./expr/context.ts";
import { elaborate } from "./expr/elaborate.ts";
import { noteExpected } from "./facts/note.ts";
import { type Findings, flush, newFindings, report } from "./findings.ts";
import { reportMisfits } from "./test-values.ts";
import { type FileScope, locate, type World } from "./world.ts";

type Member<K extends TestMember["kind"]> = Extract<TestMember, { kind: K }>;

/** What checking a test needs beside the world. */
export interface ForTests {
  readonly rules: ReadonlyMap<string, Rule>;
}

/** Checks one test. Its values are constants; what is not stated stays open. */
export const checkTest = (world: World, file: FileScope, item: TestItem, given: ForTests): Test | null => {
  const findings = newFindings();
  const roots: [string, Json][] = [];
  const steps: TestStep[] = [];
  for (const member of item.members) {
    if (member.kind === "given") {
      const value = givenValue(world, file, member, findings, roots);
      if (value !== null) roots.push([member.root.text, value]);
    } else if (member.kind === "call") {
      const step = callOf(world, file, member, findings);
      if (step !== null) steps.push(step);
    } else if (member.kind === "after") {
      steps.push({ kind: "after", milliseconds: member.duration.milliseconds, at: locate(file, member) });
    } else addExpectation(world, file, member, findings, steps, given);
  }
  reportUnasked(file, item, findings);
  world.diagnostics.push(...flush(findings, 0));
  if (item.name === undefined) return null;
  return { name: item.name.value, at: locate(file, item), given: Object.fromEntries(roots), steps };
};

const givenValue = (
  world: World,
  file: FileScope,
  member: Member<"given">,
  findings: Findings,
  before: readonly (readonly [string, Json])[],
): Json | null => {
  const root = member.root.text;
  const at = locate(file, member.root);
  if (before.some(([name]) => name === root)) {
    report(
      findings,
      INVALID_TEST,
      { message: `\`${root}\` is given twice`, label: "given before", help: undefined },
      at,
    );
    return null;
  }
  if (root === "now") return nowOf(world, file, member.value, findings);
  const type = Object.hasOwn(world.roots, root) ? world.roots[root as keyof World["roots"]] : POISON;
  return constantValue(world, file, member.value, type, { findings, root, isPartial: true, isRaw: false });
};

const nowOf = (world: World, file: FileScope, node: ExprNode, findings: Findings): Json | null => {
  const cx = contextForConstants(world, file, findings, "test");
  const result = elaborate(node, cx, EMPTY_ENV);
  if (isPoison(result) || result.core.kind !== "constant") return null;
  const { value } = result.core;
  const instant = typeof value === "string" ? datetime(value) : null;
  if (instant !== null) return instant;
  const facts = { value: JSON.stringify(value), what: "instant", example: "2026-01-31T09:00:00Z" };
  report(findings, INVALID_CONSTANT, facts, locate(file, node));
  return null;
};

interface Wanted {
  readonly findings: Findings;
  readonly root: string;
  /** Required fields may be left out. */
  readonly isPartial: boolean;
  /** Whatever it is. */
  readonly isRaw: boolean;
}

const constantValue = (
  world: World,
  file: FileScope,
  node: ExprNode,
  type: Type,
  wanted: Wanted,
): Json | null => {
  const cx = contextForConstants(world, file, wanted.findings, "test");
  noteExpected(cx, node, type);
  const result = elaborate(node, cx, EMPTY_ENV);
  if (isPoison(result) || result.core.kind !== "constant") return null;
  const { value } = result.core;
  if (!wanted.isRaw && type !== POISON) reportMisfits(node, value, type, wanted.root, cx, wanted.isPartial);
  return value;
};

const callOf = (
  world: World,
  file: FileScope,
  member: Member<"call">,
  findings: Findings,
): TestStep | null => {
  const { tool: pattern } = member;
  if (pattern.kind !== "named") {
    const facts = { message: "a test calls one tool", label: "expected the name of a tool", help: undefined };
    report(findings, INVALID_TEST, facts, locate(file, pattern));
    return null;
  }
  const { server, tool } = pattern;
  const name = server === undefined ? tool.text : `${server.text}.${tool.text}`;
  const found = world.tools.byName.get(name);
  if (found === undefined && !member.raw) reportUnknown(world, file, member, name, findings);
  const type = found?.input ?? POISON;
  const wanted = { findings, root: "input", isPartial: false, isRaw: member.raw };
  const empty: ExprNode = { kind: "record", fields: [], start: pattern.start, end: pattern.end };
  const input = constantValue(world, file, member.input ?? empty, type, wanted);
  return { kind: "call", tool: name, input: input ?? {}, at: locate(file, member), expect: [] };
};

/** A test may call a tool that no catalogue declares; a name close to a declared one is a slip. */
const reportUnknown = (
  world: World,
  file: FileScope,
  { tool }: Member<"call">,
  name: string,
  findings: Findings,
): void => {
  const bare = world.tools.names.filter((whole) => world.tools.byName.get(whole)?.tool === name);
  const near = bare.length === 1 ? bare[0] : suggest(name, world.tools.names);
  if (near === undefined) return;
  const at = locate(file, tool);
  report(findings, UNKNOWN_TOOL, { name, near, isPattern: false }, at, { fixes: [replaceFix(at, near)] });
};

const addExpectation = (
  world: World,
  file: FileScope,
  member: Member<"expect">,
  findings: Findings,
  steps: TestStep[],
  given: ForTests,
): void => {
  const last = steps.at(-1);
  if (last?.kind !== "call") {
    const facts = {
      message: "nothing was called before this `expect`",
      label: "a `call` must come first",
      help: undefined,
    };
    if (steps.length > 0 || last === undefined) report(findings, INVALID_TEST, facts, locate(file, member));
    return;
  }
  const found: Expectation | null = expectation(world, file, member, last.tool, findings, given);
  if (found !== null) steps[steps.length - 1] = { ...last, expect: [...last.expect, found] };
};

/** Each call is followed by what is expected of it. */
const reportUnasked = (file: FileScope, item: TestItem, findings: Findings): void => {
  for (const [at, member] of item.members.entries()) {
    if (member.kind !== "call" || item.members[at + 1]?.kind === "expect") continue;
    const facts = {
      message: "nothing is expected of this call",
      label: "`expect` is missing after it",
      help: "write `expect allow`, for instance",
    };
    report(findings, INVALID_TEST, facts, locate(file, member.tool));
  }
};
