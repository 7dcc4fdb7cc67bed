import * as z from "zod/mini";
import { isRecord, kind, listed, meant, quoted } from "./words.ts";

// zod/mini, for it never makes code at run time, nor tries whether it might (docs of the package say why that matters).

/** One thing that is wrong, and the steps to it. */
export interface Issue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

type Schema = z.core.$ZodType;

/** A schema's own message for what is not of its kind. */
const expected =
  (what: string, missing?: string) =>
  ({ input }: { readonly input?: unknown }): string =>
    input === undefined && missing !== undefined ? missing : `expected ${what}, found ${kind(input)}`;

export const text = (what = "a string", missing?: string) =>
  z
    .string({ error: expected(what, missing) })
    .check(z.refine((value) => value.trim() !== "", { error: "expected some text, found none" }));

export const anyText = z.string({ error: expected("a string") });

export const number = z.number({ error: expected("a finite number") });

export const flag = z.boolean({ error: expected("true or false") });

export const oneOf = <const T extends readonly string[]>(values: T, missing?: string) =>
  z.enum(values, {
    error: ({ input }) => {
      if (input === undefined && missing !== undefined) return missing;
      if (typeof input !== "string") return `expected ${listed(values)}, found ${kind(input)}`;
      return `expected ${listed(values)}, found ${quoted(input)}${meant(input, values)}`;
    },
  });

export const listOf = <T extends Schema>(item: T, what: string) => z.array(item, { error: expected(what) });

/** A list with something in it. */
export const someOf = <T extends Schema>(item: T, what: string) =>
  listOf(item, what).check(z.minLength(1, { error: `expected ${what}, found an empty one` }));

/** A record of these fields and no others. What is wrong with each other one stands on a line of its own. */
export const closed = <T extends z.core.$ZodShape>(shape: T) =>
  z.strictObject(shape, {
    error: ({ code, input, keys }) =>
      code === "unrecognized_keys"
        ? (keys as readonly string[]).map((key) => unknownKey(key, Object.keys(shape))).join("\n")
        : expected("a record")({ input }),
  });

export const unknownKey = (key: string, known: readonly string[]): string =>
  `there is no ${quoted(key)} here${meant(key, known)}`;

/** A schema that says itself what is wrong. */
export const judged = (issues: (value: unknown) => readonly Issue[]) =>
  z.any().check((context) => {
    for (const { path, message } of issues(context.value)) {
      context.issues.push({ code: "custom", path: [...path], message, input: context.value, continue: true });
    }
  });

/** All that a schema finds wrong with a value. */
export function issuesOf(schema: Schema, value: unknown, at: Issue["path"] = []): Issue[] {
  const { error } = z.safeParse(schema, value);
  return (error?.issues ?? []).flatMap((issue): Issue[] => {
    const path = [...at, ...(issue.path as Issue["path"])];
    if (issue.code !== "unrecognized_keys") return [{ path, message: issue.message }];
    const messages = issue.message.split("\n");
    return issue.keys.map((key, i) => ({ path: [...path, key], message: messages[i] ?? "" }));
  });
}

/** Issues in the order in which the places that they are about stand in the value. */
export function inOrder(issues: readonly Issue[], value: unknown): Issue[] {
  const placed = issues.map((issue) => ({ issue, place: placeOf(value, issue.path) }));
  return placed.sort((a, b) => comparePlaces(a.place, b.place)).map(({ issue }) => issue);
}

function placeOf(value: unknown, path: Issue["path"]): number[] {
  let here = value;
  return path.map((step) => {
    const index = typeof step === "number" ? step : isRecord(here) ? Object.keys(here).indexOf(step) : -1;
    here = typeof here === "object" && here !== null ? Reflect.get(here, step) : undefined;
    return index < 0 ? Number.MAX_SAFE_INTEGER : index;
  });
}

function comparePlaces(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = a[i]! - b[i]!;
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
