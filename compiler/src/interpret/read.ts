import { ABSENT, FAULT, gives, type Outcome, UNREADABLE } from "./outcome.ts";

/**
 * Reading values that anybody may have made. Own properties alone count, a present `undefined` is absent, and whatever
 * is thrown on the way is `unreadable`. Nothing else touches a request.
 */

/**
 * The kind of a value as decision 0002 names it: `absent`, `null`, `boolean`, `string`, `number`, `number that is not
 * finite`, `list`, `record`; what `typeof` says for anything else, `unreadable` where even that fails.
 */
export function kindOf(value: unknown): string {
  if (value === undefined) return "absent";
  if (value === null) return "null";
  if (typeof value === "number") return Number.isFinite(value) ? "number" : "number that is not finite";
  if (typeof value !== "object") return typeof value;
  try {
    return Array.isArray(value) ? "list" : "record";
  } catch {
    return "unreadable";
  }
}

/** An own property of a record; a fault for anything that is not a record. */
export function readField(of: unknown, name: string): Outcome {
  const kind = kindOf(of);
  if (kind === "unreadable") return UNREADABLE;
  return kind === "record" ? readOwn(of as object, name) : FAULT;
}

/** An element of a list. */
export function readElement(list: readonly unknown[], index: number): Outcome {
  return readOwn(list, String(index));
}

/** How many elements a list has. */
export function readLength(list: readonly unknown[]): Outcome {
  try {
    return gives(list.length);
  } catch {
    return UNREADABLE;
  }
}

function readOwn(of: object, name: string): Outcome {
  try {
    if (!Object.hasOwn(of, name)) return ABSENT;
    const value = (of as { readonly [name: string]: unknown })[name];
    return value === undefined ? ABSENT : gives(value);
  } catch {
    return UNREADABLE;
  }
}
