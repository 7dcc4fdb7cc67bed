/**
 * What evaluating an expression gives. `absent` is a field that is not there; a `fault` is a value that cannot be
 * had (a parser refuses, arithmetic is not finite); `unreadable` is a request whose own code (a getter, a proxy)
 * kept it from being read.
 */
export type Outcome =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "absent" }
  | { readonly kind: "fault" }
  | { readonly kind: "unreadable" };

export const ABSENT: Outcome = { kind: "absent" };
export const FAULT: Outcome = { kind: "fault" };
export const UNREADABLE: Outcome = { kind: "unreadable" };

export function gives(value: unknown): Outcome {
  return { kind: "value", value };
}

/** A value, or a fault for what a parser or a figure could not give. */
export function given(value: unknown): Outcome {
  return value === null || value === undefined ? FAULT : gives(value);
}
