import { closures, emitModule, interpret, makePlan } from "@agentpolicy/compiler";
import {
  type CatalogueTool,
  checkText,
  type Json,
  type RecordType,
  readCatalogue,
  type Type,
  type UnionType,
} from "@agentpolicy/language";
import type { Policy } from "@agentpolicy/runtime/abi";
import { describe, expect, it } from "vitest";
import { loadModule } from "../../compiler/test/support/load-module.ts";
import { corpus } from "../../language/test/schema/corpus.ts";
import { oracle } from "../../language/test/schema/oracle.ts";
import { likely, randomFrom } from "../../language/test/schema/values.ts";

/** A condition of the language over a value, beside what it means. `depth` is how far below the arguments it reads. */
interface Condition {
  readonly text: string;
  readonly holds: (value: Json) => boolean;
  readonly depth: number;
}

type JsonObject = { readonly [key: string]: Json };

const at = (value: Json, name: string): Json | undefined => {
  const object = value as JsonObject;
  return Object.hasOwn(object, name) ? object[name] : undefined;
};

const isPlain = (name: string): boolean => /^[A-Za-z_]\w*$/.test(name);
const access = (of: string, name: string): string =>
  isPlain(name) ? `${of}.${name}` : `${of}[${JSON.stringify(name)}]`;
const asks = (of: string, name: string): string => `${of} has ${isPlain(name) ? name : JSON.stringify(name)}`;

/** One condition for each part of a type that a policy can read. `of` is the expression for the value. */
const conditions = (of: string, type: Type, depth: number): readonly Condition[] => {
  const one = (text: string, holds: Condition["holds"]): readonly Condition[] => [{ text, holds, depth }];
  switch (type.kind) {
    case "boolean":
      return one(of, (value) => value === true);
    case "string":
      return one(`${of}.contains("a")`, (value) => String(value).includes("a"));
    case "number": {
      const low = type.minimum ?? type.exclusiveMinimum;
      const high = type.maximum ?? type.exclusiveMaximum;
      const bound =
        low !== undefined && high !== undefined ? Math.floor((low + high) / 2) : (low ?? (high ?? 2) - 3) + 1;
      return one(`${of} > ${bound < 0 ? `(${bound})` : bound}`, (value) => Number(value) > bound);
    }
    case "any":
      return one(
        `${of} is string and ${of}.contains("a")`,
        (value) => typeof value === "string" && value.includes("a"),
      );
    case "list":
      return conditions(`x${depth}`, type.element, depth + 1).map((inner) => ({
        text: `${of}.any(x${depth} => ${inner.text})`,
        holds: (value) => (value as readonly Json[]).some(inner.holds),
        depth: inner.depth,
      }));
    case "record":
      return fieldConditions(of, type, depth);
    case "union":
      return unionConditions(of, type, depth);
    default:
      return [];
  }
};

const fieldConditions = (of: string, type: RecordType, depth: number): readonly Condition[] =>
  [...type.fields].flatMap(([name, field]) =>
    conditions(access(of, name), field.type, depth + 1).map((inner) => ({
      text: field.optional ? `${asks(of, name)} and ${inner.text}` : inner.text,
      holds: (value: Json) => {
        const found = at(value, name);
        return found !== undefined && inner.holds(found);
      },
      depth: inner.depth,
    })),
  );

const unionConditions = (of: string, type: UnionType, depth: number): readonly Condition[] => {
  const others = type.members.filter((member) => member.kind !== "null");
  const [first] = others;
  if (first !== undefined && others.length === 1 && others.length < type.members.length) {
    return conditions(of, first, depth).map((inner) => ({
      text: `${of} != null and ${inner.text}`,
      holds: (value) => value !== null && inner.holds(value),
      depth: inner.depth,
    }));
  }
  const literal = type.members.find((member) => member.kind === "literal");
  if (
    literal?.kind === "literal" &&
    type.members.every((member) => member.kind === "literal" || member.kind === "null")
  ) {
    return [
      { text: `${of} == ${JSON.stringify(literal.value)}`, holds: (value) => value === literal.value, depth },
    ];
  }
  return [...new Set(others.map(({ kind }) => kind))]
    .filter((kind) => kind === "string" || kind === "boolean")
    .map((kind) => ({ text: `${of} is ${kind}`, holds: (value) => typeof value === kind, depth }));
};

const MOST = 10;

/** A policy that reads every argument of every tool, the deepest first. */
const policyOver = (tools: readonly CatalogueTool[]) => {
  const read = tools.map((tool) => ({
    tool,
    rules: [...conditions("input", tool.input, 0)].sort((a, b) => b.depth - a.depth).slice(0, MOST),
  }));
  const blocks = read.map(({ tool, rules }, block) =>
    [
      `on t.${JSON.stringify(tool.name)} {`,
      `  allow otherwise-${block}`,
      ...rules.map(({ text }, rule) => `  deny rule-${block}-${rule} when ${text}`),
      "}",
    ].join("\n"),
  );
  return { text: ["policy p", 'tools t from "c.json"', ...blocks].join("\n"), read };
};

const catalogues = corpus();

describe.skipIf(catalogues.length === 0)("the corpus", () => {
  it("is here", () => {
    expect(catalogues.length).toBeGreaterThanOrEqual(18);
  });
});

describe.each(catalogues)("%s", (_name, catalogue) => {
  it("has a policy over its deepest and oddest arguments that checks and decides rightly", async () => {
    const { text, read } = policyOver(readCatalogue(catalogue, "c.json").tools);
    const checked = checkText(text, { files: { "c.json": catalogue } });
    const errors = checked.diagnostics.filter(({ severity }) => severity === "error");
    expect(
      errors.map(
        ({ message, label, span }) => `${message}; ${label}: ${text.slice(span.start - 30, span.end)}`,
      ),
    ).toEqual([]);
    const plan = makePlan(checked.policy!);
    const backEnds: readonly Policy[] = [
      interpret(checked.policy!),
      closures(plan),
      await loadModule(emitModule(plan).code),
    ];
    const random = randomFrom(11);
    const seen = { calls: 0, denied: 0 };
    read.forEach(({ tool, rules }, block) => {
      const accepts = oracle(tool.schema)!;
      for (let round = 0; round < 30; round += 1) {
        const input = likely(tool.schema, tool.schema, random, 9);
        if (typeof input !== "object" || input === null || Array.isArray(input) || accepts(input) !== true)
          continue;
        const matched = rules
          .flatMap(({ holds }, rule) => (holds(input) ? [`p.rule-${block}-${rule}`] : []))
          .sort();
        const expected = matched.length > 0 ? ["deny", matched] : ["allow", [`p.otherwise-${block}`]];
        seen.calls += 1;
        seen.denied += matched.length > 0 ? 1 : 0;
        for (const policy of backEnds) {
          const request = { actor: { type: "agent", id: "a" }, action: { name: `t.${tool.name}`, input } };
          const decision = policy.decide(request);
          expect([decision.decision, [...decision.rules]], `${tool.name} ${JSON.stringify(input)}`).toEqual(
            expected,
          );
        }
      }
    });
    expect(seen.calls).toBeGreaterThan(read.length * 2);
    if (read.some(({ rules }) => rules.length > 0)) expect(seen.denied).toBeGreaterThan(0);
  });
});
