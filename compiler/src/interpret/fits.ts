import type { RecordType, Type } from "@agentpolicy/language";
import type { Misfit } from "@agentpolicy/runtime/abi";
import { codePoints } from "@agentpolicy/runtime/values/text";
import { BOUNDS, type Bound, boundOf, expected, FOUND, foundAmong } from "../plan/misfit.ts";
import { pathText } from "../plan/request-path.ts";
import { gives, type Outcome, UNREADABLE } from "./outcome.ts";
import { kindOf, readElement, readField, readLength } from "./read.ts";

type Path = readonly (string | number)[];

/**
 * The first part of a value that does not fit a type, or null where all of it fits (decision 0002). `undefined` is an
 * absent value. Of a record only the fields that the type names are looked at.
 */
export function misfitOf(value: unknown, type: Type, path: Path): Misfit | null {
  const misfit = (found: string, bound?: Bound): Misfit => ({
    path: pathText(path),
    expected: expected(type, bound),
    found,
  });
  // What may be anything is loaded and not looked at, so not even asked what kind of value it is.
  if (type.kind === "any") return value === undefined ? misfit("absent") : null;
  const kind = kindOf(value);
  if (kind === "unreadable" || kind === "absent") return misfit(kind);
  switch (type.kind) {
    case "never":
    case "opaque":
      return misfit(kind);
    case "literal":
      return value === type.value ? null : misfit(foundAmong(kind, type));
    case "union":
      return unionMisfit(value, type.members, path, (found) => misfit(found ?? foundAmong(kind, type)));
  }
  if (kind !== type.kind) return misfit(kind);
  if (type.kind === "record") return recordMisfit(value, type, path);
  for (const bound of BOUNDS) {
    const limit = boundOf(type, bound);
    const breach = limit === undefined ? false : breaks(value, bound, limit);
    if (breach === "unreadable") return misfit(breach);
    if (breach) return misfit(FOUND[bound], bound);
  }
  return type.kind === "list" ? elementsMisfit(value as readonly unknown[], type.element, path) : null;
}

/** Whether a value is of a type: no part of it misfits. */
export function isOfType(value: unknown, type: Type): Outcome {
  const misfit = misfitOf(value, type, ["value"]);
  return misfit?.found === "unreadable" ? UNREADABLE : gives(misfit === null);
}

function breaks(value: unknown, bound: Bound, limit: number): boolean | "unreadable" {
  switch (bound) {
    case "integer":
      return !Number.isInteger(value);
    case "minimum":
      return (value as number) < limit;
    case "exclusiveMinimum":
      return (value as number) <= limit;
    case "maximum":
      return (value as number) > limit;
    case "exclusiveMaximum":
      return (value as number) >= limit;
    case "minLength":
      return codePoints(value as string) < limit;
    case "maxLength":
      return codePoints(value as string) > limit;
  }
  const length = readLength(value as readonly unknown[]);
  if (length.kind !== "value") return "unreadable";
  return bound === "minItems" ? (length.value as number) < limit : (length.value as number) > limit;
}

function unionMisfit(
  value: unknown,
  members: readonly Type[],
  path: Path,
  misfit: (found?: string) => Misfit,
): Misfit | null {
  for (const member of members) {
    const inner = misfitOf(value, member, path);
    if (inner === null) return null;
    if (inner.found === "unreadable") return misfit("unreadable");
  }
  return misfit();
}

function recordMisfit(value: unknown, type: RecordType, path: Path): Misfit | null {
  for (const [name, field] of type.fields) {
    const read = readField(value, name);
    const at = [...path, name];
    if (read.kind === "absent" && field.optional) continue;
    if (read.kind === "value" || read.kind === "absent") {
      const misfit = misfitOf(read.kind === "value" ? read.value : undefined, field.type, at);
      if (misfit !== null) return misfit;
    } else return { path: pathText(at), expected: expected(field.type), found: "unreadable" };
  }
  return null;
}

function elementsMisfit(list: readonly unknown[], type: Type, path: Path): Misfit | null {
  if (type.kind === "any") return null;
  const length = readLength(list);
  if (length.kind !== "value") return { path: pathText(path), expected: "list", found: "unreadable" };
  for (let i = 0; i < (length.value as number); i++) {
    const read = readElement(list, i);
    const at = [...path, i];
    if (read.kind === "unreadable")
      return { path: pathText(at), expected: expected(type), found: "unreadable" };
    const misfit = misfitOf(read.kind === "value" ? read.value : undefined, type, at);
    if (misfit !== null) return misfit;
  }
  return null;
}
