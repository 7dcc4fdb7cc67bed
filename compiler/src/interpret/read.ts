import { ABSENT, FAULT, gives, type Outcome, UNREADABLE } from "./outcome.ts";

/**
 * Reading values that anybody may have made. Own properties alone count, a present `undefined` is absent, and whatever
 * is thrown on the way is `unreadable`. Nothing else touches a request.
 */
export type Kind = "absent" | "null" | "boolean" | "string" | "number" | "list" | "record" | (string & {});

/** The kind of a value as JSON knows it; for what JSON does not know, what `typeof` says; `unreadable` where even that fails. */
export function kindOf(value: unknown): Kind {
  if (value === undefined) return "absent";
  if (value === null) return "null";
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
