import { type RecordType, STRING, type Type, union } from "@agentpolicy/language";
import type { Pick } from "./pick.ts";
import { schemaOf } from "./text.ts";
import { NAMES, typeText, WORDS, wildInput, wildRecord, wildType, wildValue } from "./wild-types.ts";

/*
 * Policies that an author might write over tools of wild types, guarded now rightly, now wrongly: the checker says which
 * may be. Nothing in their conditions can fault but by a value that is absent or of another type than was concluded.
 */

/** Text of an expression, with what it may give as far as this generator knows. */
interface Value {
  readonly text: string;
  readonly type: Type;
  /** Made of several, so that nothing can be asked of it once and relied on afterwards. */
  readonly isMade?: boolean;
}

interface World {
  readonly pick: Pick;
  readonly values: readonly Value[];
  readonly functions: readonly { readonly name: string; readonly parameter: Type }[];
  readonly counter: { next: number };
}

const quoted = JSON.stringify;
const access = (of: string, name: string): string =>
  / /.test(name) ? `${of}[${quoted(name)}]` : `${of}.${name}`;
const membersOf = (type: Type): readonly Type[] => (type.kind === "union" ? type.members : [type]);
const recordsOf = (type: Type): readonly RecordType[] =>
  membersOf(type).filter((member) => member.kind === "record");
const constantText = ({ pick }: World, type: Type): string =>
  type.kind === "literal"
    ? quoted(type.value)
    : pick.of([() => quoted(pick.of(WORDS)), () => String(pick.below(4)), () => String(pick.once(2))])();

/** A condition over some value. */
function condition(world: World, depth: number): string {
  const { pick } = world;
  const inner = (): string => condition(world, depth - 1);
  if (depth > 0 && pick.once(4)) {
    return pick.of([
      () => `(${inner()} and ${inner()})`,
      () => `(${inner()} or ${inner()})`,
      () => `not (${inner()})`,
      () => `(if ${inner()} then ${inner()} else ${inner()})`,
    ])();
  }
  return (pick.once(5) ? oneOfTwo(world) : null) ?? testOf(world, someValue(world), depth + 2);
}

/** A test of those of two records that have what only one of them should have. */
function oneOfTwo(world: World): string | null {
  const { pick } = world;
  const records = world.values.filter(({ type }) => recordsOf(type).length > 0);
  const pairs = records.flatMap((one) =>
    records.filter(({ text }) => text !== one.text).map((other) => [one, other] as const),
  );
  if (pairs.length === 0) return null;
  const [one, other] = pick.of(pairs);
  const record = pick.of(recordsOf(one.type));
  if (record.fields.size === 0) return null;
  const item = `v${world.counter.next++}`;
  const value = { text: item, type: union([one.type, other.type]) };
  const guards = rightGuards(world, item, record, recordsOf(other.type));
  const test = recordTest(world, { ...value, type: record }, record, 1);
  const guard = guards.length > 0 ? pick.of(guards) : guardFor(world, value, record);
  return `[${pick.of([`${one.text}, ${other.text}`, `${other.text}, ${one.text}`])}].any(${item} => ${guard} and ${test})`;
}

/** A value of the request, or one made of two. */
function someValue(world: World): Value {
  const { pick } = world;
  const one = pick.of(world.values);
  const records = world.values.filter(({ text, type }) => text !== one.text && recordsOf(type).length > 0);
  if (recordsOf(one.type).length === 0 || records.length === 0 || !pick.once(3)) return one;
  const other = pick.of(records);
  const both = union([one.type, other.type]);
  return pick.of<Value>([
    { text: `[${one.text}, ${other.text}]`, type: { kind: "list", element: both } },
    { text: `(if ${safe(world)} then ${one.text} else ${other.text})`, type: both, isMade: true },
    { text: `(${one.text} ?? ${other.text})`, type: both, isMade: true },
  ]);
}

/** A field of a value that is made of several: what is absent in one must have another value. */
function madeTest(world: World, { text, type }: Value): string {
  const { pick } = world;
  const name = pick.of(
    recordsOf(type)
      .flatMap(({ fields }) => [...fields.keys()])
      .concat(NAMES[0]),
  );
  const types = recordsOf(type).flatMap(({ fields }) => fields.get(name)?.type ?? []);
  const path = access(text, name);
  const kind = types[0] === undefined ? "string" : membersOf(types[0])[0]!.kind;
  if (kind === "number") return `(${path} ?? 0) > 1`;
  if (kind === "boolean") return `(${path} ?? ${pick.once(2)})`;
  if (kind === "list") return `(${path} ?? []).length > 0`;
  return pick.of([
    `(${path} ?? "a").startsWith("a")`,
    `(${path} ?? "a") == "a"`,
    `${text} has ${quoted(name)}`,
  ]);
}

/** A test that nothing has to stand before. */
const safe = ({ pick }: World): string => `actor.id == ${quoted(pick.of(WORDS))}`;

/** A guard and what it makes possible, put together in one of the ways that flow typing follows. */
function guarded(world: World, guard: string, test: string, other: () => string): string {
  const { pick } = world;
  const rest = (): string => (pick.once(4) ? other() : safe(world));
  return pick.of([
    () => `(${guard} and ${test})`,
    () => `(${guard} and ${test})`,
    () => `(${guard} and not ${test})`,
    () => `(if not (${guard}) then ${rest()} else ${test})`,
    () => `(not (${guard}) or ${test})`,
    () => `(if ${guard} then ${test} else ${rest()})`,
    () => `(${guard} and (${rest()} or ${test}))`,
    () => (pick.once(6) ? `((${guard} or ${rest()}) and ${test})` : `(${guard} and ${test} or ${rest()})`),
  ])();
}

/** A test of a value, with a guard before it where its type asks for one, and sometimes another's. */
function testOf(world: World, value: Value, depth: number): string {
  const { pick } = world;
  const { text, type } = value;
  const callable = world.functions.filter(({ parameter }) => parameter.kind === type.kind);
  if (callable.length > 0 && pick.once(4)) return `${pick.of(callable).name}(${text})`;
  if (value.isMade === true && pick.once(2)) return madeTest(world, value);
  if (depth <= 0) return flat(world, value);
  const records = recordsOf(type);
  const rest = (): string => testOf(world, value, depth - 1);
  if (type.kind !== "union" && records.length === 1) return recordTest(world, value, records[0]!, depth);
  if (records.length > 0 && !pick.once(6)) {
    const record = pick.of(records);
    const isOne = guardFor(world, value, record);
    return guarded(world, isOne, recordTest(world, { text, type: record }, record, depth - 1), rest);
  }
  const lists = membersOf(type).filter((member) => member.kind === "list");
  if (lists.length > 0) {
    const name = `v${world.counter.next++}`;
    const item: Value = { text: name, type: union(lists.map(({ element }) => element)) };
    const local: World = { ...world, values: [item, item, ...world.values] };
    const body = pick.once(3) ? condition(local, 0) : testOf(local, item, depth - 1);
    const quantified = pick.of([
      `${text}.any(${name} => ${body})`,
      `${text}.all(${name} => ${body})`,
      `${text}.count(${name} => ${body}) > ${pick.below(2)}`,
    ]);
    const isList = pick.of([`${text} is any[]`, `not (${text} is string) and not (${text} is number)`]);
    return lists.length === membersOf(type).length ? quantified : guarded(world, isList, quantified, rest);
  }
  if (type.kind === "any" || type.kind === "union") {
    const member = type.kind === "any" ? wildType(pick, 1) : pick.of(type.members);
    const isOne = member.kind === "null" ? `${text} == null` : `${text} is ${typeText(pick, member)}`;
    return guarded(world, isOne, testOf(world, { text, type: member }, depth - 1), rest);
  }
  return flat(world, value);
}

/** What tells a record of a union from the others, rightly or not. */
function guardFor(world: World, { text, type }: Value, record: RecordType): string {
  const { pick } = world;
  const isMixed = membersOf(type).some(({ kind }) => kind !== "record");
  const before = isMixed
    ? pick.of([`${text} is {} and `, `${text} is {} and `, `${text} != null and `, ""])
    : "";
  const right = rightGuards(
    world,
    text,
    record,
    recordsOf(type).filter((other) => other !== record),
  );
  return before + (right.length > 0 && !pick.once(4) ? pick.of(right) : anyGuard(world, text, record));
}

/** Guards that leave no other record. */
function rightGuards(
  world: World,
  text: string,
  record: RecordType,
  others: readonly RecordType[],
): readonly string[] {
  const guards: string[] = [];
  for (const name of NAMES) {
    const own = record.fields.get(name);
    const path = access(text, name);
    const has = `${text} has ${quoted(name)}`;
    if (
      own !== undefined &&
      isTold(own.type) &&
      others.every(({ fields }) => isTold(fields.get(name)?.type))
    ) {
      const literals = membersOf(own.type).map((member) => constantText(world, member));
      const before =
        own.optional || others.some(({ fields }) => fields.get(name)?.optional) ? `${has} and ` : "";
      guards.push(`${before}${path} == ${literals[0]}`, `${before}${path} in [${literals.join(", ")}]`);
    }
    const isOnlyHere = others.every(({ fields, rest }) => rest === "closed" && !fields.has(name));
    if (own !== undefined && isOnlyHere) guards.push(has);
    const isElsewhere = others.every(({ fields }) => fields.get(name)?.optional === false);
    if (isElsewhere && own?.optional !== false) guards.push(`not (${has})`);
  }
  return guards;
}

const isTold = (type: Type | undefined): boolean =>
  type !== undefined && membersOf(type).every(({ kind }) => kind === "literal");

function anyGuard(world: World, text: string, record: RecordType): string {
  const { pick } = world;
  const told = [...record.fields].filter(([, { type }]) => isTold(type));
  const [name, field] = told.length > 0 ? pick.of(told) : [pick.of(NAMES), undefined];
  const path = access(text, name);
  const value =
    field === undefined ? quoted(pick.of(WORDS)) : constantText(world, pick.of(membersOf(field.type)));
  const absent = pick.of([name, ...NAMES.filter((other) => !record.fields.has(other))]);
  return pick.of([
    `${path} == ${value}`,
    `${path} != ${quoted(pick.of(WORDS))}`,
    `${path} not in [${quoted(pick.of(WORDS))}]`,
    `${text} has ${quoted(name)} and ${path} == ${value}`,
    `${text} has ${quoted(pick.of([...record.fields.keys(), name]))}`,
    `not (${text} has ${quoted(absent)})`,
    `${text} is { ${quoted(name)}: ${value} }`,
    `${text} is ${typeText(pick, record)}`,
    `not (${text} is { ${quoted(name)}: ${quoted(pick.of(WORDS))} })`,
  ]);
}

function recordTest(world: World, { text }: Value, record: RecordType, depth: number): string {
  const { pick } = world;
  const names = record.fields.size > 0 && !pick.once(15) ? [...record.fields.keys()] : NAMES;
  const name = pick.of(names);
  const field = record.fields.get(name) ?? {
    type: typeof record.rest === "string" ? ({ kind: "any" } as const) : record.rest,
    optional: true,
  };
  const path = access(text, name);
  const test = testOf(world, { text: path, type: field.type }, depth - 1);
  const has = `${text} has ${quoted(name)}`;
  if (field.optional && !pick.once(20)) {
    if (field.type.kind === "string" && pick.once(3)) return `(${path} ?? "a").startsWith("a")`;
    return guarded(world, has, test, () => testOf(world, pick.of(world.values), 1));
  }
  return test;
}

/** A test that needs no parts. */
function flat(world: World, { text, type }: Value): string {
  const { pick } = world;
  const member = pick.of(membersOf(type));
  if (type.kind === "union" && !pick.once(6)) {
    return member.kind === "null"
      ? `${text} ${pick.of(["==", "!="])} null`
      : `${text} is ${typeText(pick, member)}`;
  }
  switch (member.kind) {
    case "boolean":
      return pick.of([text, `not ${text}`, `${text} == ${pick.once(2)}`]);
    case "string":
      return pick.of([
        `${text}.startsWith("a")`,
        `${text} == "a"`,
        `${text}.length > 1`,
        `${text} like "a*"`,
        `${text} in ["a", "b", "c", "d"]`,
      ]);
    case "number":
      return pick.of([`${text} > 1`, `${text} <= 2`, `${text} == 1`]);
    case "list":
      return pick.of([`${text}.length > 1`, `${text}.contains("a")`, `${text}.containsAny([1, 2])`]);
    case "null":
      return `${text} ${pick.of(["==", "!="])} null`;
    default:
      return pick.of([
        `${text} == ${constantText(world, member)}`,
        `${text} != ${constantText(world, member)}`,
        `${text} is string`,
      ]);
  }
}

const isPlain = (type: Type): boolean =>
  membersOf(type).every(({ kind }) => /^(string|number|literal)$/.test(kind));

export interface Wild {
  readonly files: Readonly<Record<string, string>>;
  readonly requests: readonly unknown[];
}

export const ENTRY = "wild.agentpolicy";

/** A policy over two tools with a type each, whose blocks cover either or both, and calls that nearly fit. */
export function someWild(pick: Pick): Wild {
  const inputs: Readonly<Record<string, RecordType>> = { t: wildInput(pick), u: wildRecord(pick, 2) };
  const contexts = wildRecord(pick, 1);
  const counter = { next: 0 };
  const parameters = pick.some(2, 5, () => {
    const types = Object.values(inputs).flatMap((input) => [
      input,
      ...[...input.fields.values()].map(({ type }) => type),
    ]);
    return pick.of(types);
  });
  const functions = parameters.map((parameter, i) => ({ name: `f${i}`, parameter }));
  const declared = functions.map(({ name, parameter }) => {
    const given: Value[] = [{ text: "p", type: parameter }];
    const world: World = {
      pick,
      values: [...given, ...given, { text: "context", type: contexts }],
      functions: [],
      counter,
    };
    return `fn ${name}(p: ${typeText(pick, parameter)}) = ${condition(world, 1)}`;
  });
  const blocks = pick.some(8, 14, (i) => {
    const on = pick.of(["t", "t", "t", "u", "u", "t, u", "*, unknown"]);
    const input = on.startsWith("u") ? inputs.u! : inputs.t!;
    const values = [
      { text: "input", type: input },
      ...[...input.fields].flatMap(([name, field]) =>
        field.optional
          ? []
          : [
              { text: access("input", name), type: field.type },
              { text: access("input", name), type: field.type },
            ],
      ),
      ...(pick.once(3) ? [{ text: "context", type: contexts }] : []),
    ];
    const world: World = { pick, values, functions, counter };
    const unless = pick.once(3) ? ` unless ${condition(world, 0)}` : "";
    const plain = values.filter(({ type }) => isPlain(type)).concat({ text: "actor.id", type: STRING });
    const shown = pick.of(plain).text.replaceAll('"', '\\"');
    const because = pick.once(3) ? ` because "Of {${shown}} and {[${shown}].length}."` : "";
    const effect = pick.of(["allow", "require approval", "deny"]);
    return `on ${on} { ${effect} r${i} when ${condition(world, 1)}${unless}${because} }`;
  });
  const masks = pick.some(0, 2, () => {
    const path = access("input", pick.of(NAMES));
    return `on * { mask ${pick.once(2) ? path : access(path, pick.of(NAMES))} }`;
  });
  const context = [...contexts.fields].map(
    ([name, field]) =>
      `${quoted(name)}${field.optional ? "?" : ""}: ${typeText({ ...pick, once: () => false }, field.type)}`,
  );
  const tools = Object.entries(inputs).map(([name, type]) => ({ name, inputSchema: schemaOf(type) }));
  return {
    files: {
      [ENTRY]: [
        'tools from "t.json"',
        "default require approval",
        `context { ${context.join(", ")} }`,
        ...declared,
        ...blocks,
        ...masks,
      ].join("\n"),
      "t.json": JSON.stringify(tools),
    },
    requests: pick.some(10, 10, () => {
      const odd = pick.of([0, 8, 20]);
      const name = pick.of(["t", "t", "u", "v"]);
      return {
        actor: { type: "agent", id: "a" },
        action: { name, input: wildValue(pick, inputs[name] ?? wildRecord(pick, 1), odd) },
        context: wildValue(pick, contexts, odd),
      };
    }),
  };
}
