import type { Pick } from "./pick.ts";

/** Tools whose inputs have every kind of type that can be narrowed: unions by discriminant, null, optionals, `any`. */
export const CATALOGUE = JSON.stringify([
  {
    name: "run",
    inputSchema: {
      type: "object",
      required: ["op", "list"],
      properties: {
        op: {
          oneOf: [
            record({ kind: { const: "file" }, path: { type: "string" } }, { force: { type: "boolean" } }),
            record({ kind: { const: "link" }, url: { type: "string" } }, { depth: { type: "integer" } }),
            { type: "object", required: ["kind"], properties: { kind: { enum: ["none", "later"] } } },
            { type: "null" },
          ],
        },
        n: { type: ["number", "null"] },
        s: { type: "string" },
        any: {},
        mixed: { type: ["string", "integer", "array", "boolean"], items: { type: "string" } },
        flag: { type: "boolean" },
        res: {
          anyOf: [
            record({ ok: { const: true }, v: { type: "number" } }),
            record({ ok: { const: false }, e: { type: "string" } }),
          ],
        },
        list: {
          type: "array",
          items: {
            anyOf: [
              record({ a: { type: "string" } }, { b: { type: "number" } }),
              { type: "object", properties: {}, additionalProperties: { type: "string" } },
              { type: "string" },
            ],
          },
        },
        rec: record({
          in: {
            type: "object",
            properties: {
              x: { type: "string" },
              y: { type: ["object", "null"], required: ["z"], properties: { z: { type: "string" } } },
            },
          },
        }),
      },
    },
  },
  {
    name: "walk",
    inputSchema: {
      type: "object",
      additionalProperties: false,
      properties: {
        s: { type: "integer" },
        flag: { type: "string" },
        op: record({ kind: { type: "string" } }, { path: { type: "integer" } }),
        list: { type: "array", items: record({ a: { type: "number" } }) },
      },
    },
  },
]);

function record(required: object, optional: object = {}): object {
  return {
    type: "object",
    additionalProperties: false,
    required: Object.keys(required),
    properties: { ...required, ...optional },
  };
}

/** A path, what guards it, and ways to use it that are right where the guard holds. */
const VALUES: readonly {
  readonly path: string;
  readonly guards: readonly string[];
  readonly uses: readonly string[];
}[] = [
  {
    path: "input.op",
    guards: ["input.op != null", "not (input.op == null)"],
    uses: ['input.op.kind == "file"', 'input.op.kind in ["file", "none"]', "input.op has path"],
  },
  {
    path: "input.op.path",
    guards: [
      'input.op != null and input.op.kind == "file"',
      'input.op != null and input.op.kind not in ["link", "none", "later"]',
      "input.op != null and input.op has path and input.op.path is string",
      'input.op is { kind: "file", path: string }',
    ],
    uses: ['input.op.path.startsWith("a")', "g(input.op.path)", "input.op.path.length > 1"],
  },
  {
    path: "input.op.url",
    guards: [
      'input.op != null and input.op.kind == "link"',
      'input.op != null and input.op.kind != "file" and input.op.kind != "none" and not (input.op.kind == "later")',
    ],
    uses: ["input.op.url.length > 1", 'input.op.url == "a"'],
  },
  {
    path: "input.op.depth",
    guards: [
      'input.op != null and input.op.kind == "link" and input.op has depth',
      'input.op is { kind: "link", url: string, depth: integer }',
    ],
    uses: ["input.op.depth > 3", "input.op.depth in [4, 5]"],
  },
  {
    path: "input.n",
    guards: ["input has n and input.n != null", "input has n and input.n is number"],
    uses: ["input.n > 3", "(input.n ?? 4) < 2"],
  },
  {
    path: "input.s",
    guards: ["input has s and input.s is string"],
    uses: ['input.s.startsWith("a")', "g(input.s)", 'input.s like "a*"'],
  },
  {
    path: "input.any",
    guards: ["input has any and input.any is string", 'input has any and input.any is "a" | "file"'],
    uses: ['input.any.startsWith("a")', 'input.any == "a"'],
  },
  {
    path: "input.any.x",
    guards: ["input has any and input.any is { x: string, y?: any }"],
    uses: ['input.any.x.startsWith("a")', "input.any has y and input.any.y is number and input.any.y > 3"],
  },
  {
    path: "input.mixed",
    guards: [
      "input has mixed and input.mixed is string[]",
      "input has mixed and not (input.mixed is string) and not (input.mixed is integer) and not (input.mixed is boolean)",
    ],
    uses: ['input.mixed.any(m => m.startsWith("a"))', 'input.mixed.contains("a")', "input.mixed.length > 1"],
  },
  {
    path: "input.flag",
    guards: ["input has flag and input.flag is boolean"],
    uses: ["input.flag", "not input.flag", "input.flag == true"],
  },
  {
    path: "input.res.v",
    guards: [
      "input has res and input.res.ok",
      "input has res and input.res.ok == true",
      "input has res and input.res has v",
      "input has res and not (input.res.ok == false)",
    ],
    uses: ["input.res.v > 3", "input.res.v == 4"],
  },
  {
    path: "input.res.e",
    guards: [
      "input has res and not input.res.ok",
      "input has res and not (input.res has v)",
      "input has res and input.res.ok != true",
    ],
    uses: ["input.res.e.length > 0", "g(input.res.e)"],
  },
  {
    path: "input.rec.in.y.z",
    guards: ["input has rec and input.rec.in has y and input.rec.in.y != null"],
    uses: ['input.rec.in.y.z.startsWith("a")', "h(input.rec.in.y)"],
  },
  {
    path: "input.rec.in.x",
    guards: ["input has rec and input.rec.in has x"],
    uses: ["g(input.rec.in.x)", 'input.rec.in.x == "a"'],
  },
  {
    path: "context.o.x",
    guards: ['context has o and context.o.kind == "a"', 'context has o and context.o.kind != "b"'],
    uses: ["context.o.x.length > 0", 'context.o.x == "s"'],
  },
  {
    path: "context.t",
    guards: [
      "context has t and context.t != null",
      '(context.t ?? "") != "" and context has t and context.t is string',
    ],
    uses: ['context.t.startsWith("a")', "g(context.t)"],
  },
  {
    path: "input.list",
    guards: ["input has list"],
    uses: [
      'input.list.any(i => i is { a: string, b?: number } and i.a.startsWith("a") and i has b and i.b > 3)',
      'input.list.all(i => i is string or not (i has a) or i.a != "x")',
      'input.list.any(i => not (i is string) and i has x and i.x == "a")',
      'input.list.count(i => i == "a") > 0',
      "input.list.length > 1",
    ],
  },
];

const TOOLS = ["t.run", "t.run", "t.run", "t.walk", "t.*", "*, unknown"];

/** A policy of one rule whose conditions narrow, rightly or wrongly: the checker decides which. */
export const narrowingPolicy = (pick: Pick): string => `tools t from "t.json"
context { o?: { kind: "a", x: string } | { kind: "b", y: number }, t?: string | null }
fn g(s: string) = s.startsWith("a")
fn h(r: { z: string }) = r.z != "q"
on ${pick.of(TOOLS)} {
  deny r
    when ${condition(pick, 2)}${pick.of(["", `\n    unless ${condition(pick, 1)}`])}
}
`;

const condition = (pick: Pick, depth: number): string => {
  const { guards, uses } = pick.of(VALUES);
  // Now and then the guard is another value's: what is then still accepted must be sound all the same.
  const guard = pick.of([pick.of(guards), pick.of(guards), pick.of(guards), pick.of(pick.of(VALUES).guards)]);
  const use = pick.of(uses);
  const inner = (): string => (depth > 0 ? condition(pick, depth - 1) : use);
  return pick.of([
    () => `(${guard} and ${use})`,
    () => `(${guard} and (${use} or ${inner()}))`,
    () => `(not (${guard}) or ${use})`,
    () => `(if ${guard} then ${use} else ${inner()})`,
    () => `(${guard} and not (${use}) and ${inner()})`,
    () => `(${inner()} or ${inner()})`,
    () => `(${inner()} and ${inner()})`,
    () => `not (${inner()})`,
    () => `((${guard} or ${inner()}) and ${use})`,
  ])();
};

const WORDS: readonly unknown[] = ["file", "link", "none", "a", "abc", "x", "", 3, 0, 1.5, true, false, null];

const INPUTS: Readonly<Record<string, readonly unknown[]>> = {
  op: [
    { kind: "file", path: "a" },
    { kind: "file", path: "x", force: true },
    { kind: "file" },
    { kind: "link", url: "a" },
    { kind: "link", url: "b", depth: 4 },
    { kind: "link", url: "b", path: "c" },
    { kind: "none" },
    { kind: "later", path: 3 },
    { kind: "none", url: {}, path: "a" },
    { kind: "zip", path: 4 },
    { path: "a" },
    null,
  ],
  n: [3, null, 5],
  s: ["a", "abc", 4],
  any: [...WORDS, ["a"], { x: "a" }, { x: "b", y: 4 }, { x: 3 }, { x: "a", y: null }],
  mixed: ["a", 3, ["a", "b"], true, [], [3]],
  flag: [true, false, "a"],
  res: [
    { ok: true, v: 4 },
    { ok: false, e: "x" },
    { ok: true },
    { v: 4 },
    { e: "x" },
    {},
    { ok: false, v: 3 },
  ],
  list: [
    [],
    [{ a: "x" }],
    [{ a: "a", b: 4 }],
    [{ x: "a", y: "b" }],
    ["a", "b"],
    [{ a: 4 }],
    [{ a: "a" }, "b", { x: "q" }],
    [null],
  ],
  rec: [
    { in: {} },
    { in: { x: "a" } },
    { in: { y: null } },
    { in: { x: "b", y: { z: "a" } } },
    { in: { y: {} } },
    {},
  ],
};

/** A call whose parts mostly fit. */
export const narrowingRequest = (pick: Pick): unknown => {
  const input = Object.entries(INPUTS).flatMap(([name, values]) =>
    pick.of([true, true, true, false]) ? [[name, pick.of(pick.of([values, values, values, WORDS]))]] : [],
  );
  const context = [
    [
      "o",
      pick.of<unknown>([{ kind: "a", x: "s" }, { kind: "b", y: 4 }, { kind: "a" }, { x: "s" }, undefined]),
    ],
    ["t", pick.of<unknown>(["a", null, undefined, 3])],
  ];
  const name = pick.of(["t.run", "t.run", "t.run", "t.walk", "odd"]);
  return {
    actor: { type: "agent", id: "a" },
    action: { name, input: Object.fromEntries(input) },
    context: Object.fromEntries(context),
  };
};
