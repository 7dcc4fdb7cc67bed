import type { ListType, RecordType, Type } from "@agentpolicy/language";
import type { Misfit } from "@agentpolicy/runtime/abi";
import { codePoints } from "@agentpolicy/runtime/values/text";
import { BOUNDS, type Bound, boundOf, expected, FOUND, foundAmong } from "../plan/misfit.ts";
import { fieldText } from "../plan/request-path.ts";
import { own } from "./frame.ts";

/**
 * Checks a value and loads what it is made of. Gives null, or the first misfit with its path from the nearest list
 * element (or root) down.
 */
export type Checker = (value: unknown, slots: unknown[]) => Misfit | null;

/** Where loaded parts are kept: a slot for a path that no union and no list lies on. */
export type SlotFor = (path: readonly string[]) => number;

/** The checker of one root. */
export function rootChecker(root: string, type: Type, slotFor: SlotFor): Checker {
  const check = checker(type, root, [root], slotFor);
  const slot = slotFor([root]);
  return (value, slots) => {
    slots[slot] = value;
    return check(value, slots);
  };
}

/** `path` is null inside unions and lists, where nothing is kept. */
function checker(type: Type, text: string, path: readonly string[] | null, slotFor: SlotFor): Checker {
  switch (type.kind) {
    case "any":
      return (value) => (value === undefined ? misfit(text, type, value) : null);
    case "record":
      return recordChecker(type, text, path, slotFor);
    case "list":
      return listChecker(type, text);
    case "union":
      return unionChecker(type.members, text, type);
    case "literal":
      return (value) => (value === type.value ? null : misfit(text, type, value));
    case "null":
      return (value) => (value === null ? null : misfit(text, type, value));
    case "boolean":
      return (value) => (typeof value === "boolean" ? null : misfit(text, type, value));
    case "string":
      return stringChecker(type, text);
    case "number":
      return numberChecker(type, text);
    case "never":
    case "opaque":
      return (value) => misfit(text, type, value);
  }
}

function recordChecker(
  type: RecordType,
  text: string,
  path: readonly string[] | null,
  slotFor: SlotFor,
): Checker {
  const fields = [...type.fields].map(([name, field]) => {
    const at = path && [...path, name];
    const below = text + fieldText(name);
    return {
      name,
      optional: field.optional,
      type: field.type,
      text: below,
      slot: at === null ? -1 : slotFor(at),
      check: checker(field.type, below, at, slotFor),
    };
  });
  return (value, slots) => {
    if (kindOf(value) !== "record") return misfit(text, type, value);
    for (const field of fields) {
      let part: unknown;
      try {
        part = own(value as object, field.name);
      } catch {
        return unreadable(field.text, field.type);
      }
      if (field.slot >= 0) slots[field.slot] = part;
      if (part === undefined && field.optional) continue;
      const found = field.check(part, slots);
      if (found !== null) return found;
    }
    return null;
  };
}

function listChecker(type: ListType, text: string): Checker {
  const element = type.element.kind === "any" ? null : checker(type.element, "", null, () => -1);
  const bounds = boundsOf(type);
  return (value, slots) => {
    if (kindOf(value) !== "list") return misfit(text, type, value);
    const list = value as readonly unknown[];
    let length = 0;
    let at = text;
    try {
      length = list.length;
      const broken = bounds.find(({ bound, limit }) =>
        bound === "minItems" ? length < limit : length > limit,
      );
      if (broken !== undefined) return breach(text, type, broken.bound);
      if (element === null) return null;
      for (let i = 0; i < length; i++) {
        at = `${text}[${i}]`;
        const part = own(list, String(i));
        const found = element(part, slots);
        if (found !== null) return { ...found, path: at + found.path };
      }
    } catch {
      return unreadable(at, at === text ? type : type.element);
    }
    return null;
  };
}

function unionChecker(members: readonly Type[], text: string, type: Type): Checker {
  const checks = members.map((member) => checker(member, text, null, () => -1));
  return (value, slots) => {
    for (const check of checks) {
      const found = check(value, slots);
      if (found === null) return null;
      if (found.found === "unreadable") return unreadable(text, type);
    }
    return misfit(text, type, value);
  };
}

function stringChecker(type: Type, text: string): Checker {
  const bounds = boundsOf(type);
  return (value) => {
    if (typeof value !== "string") return misfit(text, type, value);
    if (bounds.length === 0) return null;
    const length = codePoints(value);
    for (const { bound, limit } of bounds) {
      if (bound === "minLength" ? length < limit : length > limit) return breach(text, type, bound);
    }
    return null;
  };
}

function numberChecker(type: Type, text: string): Checker {
  const bounds = boundsOf(type);
  return (value) => {
    if (typeof value !== "number" || !Number.isFinite(value)) return misfit(text, type, value);
    for (const { bound, limit } of bounds) {
      if (breaks(value, bound, limit)) return breach(text, type, bound);
    }
    return null;
  };
}

function breaks(value: number, bound: Bound, limit: number): boolean {
  switch (bound) {
    case "integer":
      return !Number.isInteger(value);
    case "minimum":
      return value < limit;
    case "maximum":
      return value > limit;
    case "exclusiveMinimum":
      return value <= limit;
    default:
      return value >= limit;
  }
}

function boundsOf(type: Type): readonly { readonly bound: Bound; readonly limit: number }[] {
  return BOUNDS.flatMap((bound) => {
    const limit = boundOf(type, bound);
    return limit === undefined ? [] : [{ bound, limit }];
  });
}

function breach(path: string, type: Type, bound: Bound): Misfit {
  return { path, expected: expected(type, bound), found: FOUND[bound] };
}

function unreadable(path: string, type: Type): Misfit {
  return { path, expected: expected(type), found: "unreadable" };
}

function misfit(path: string, type: Type, value: unknown): Misfit {
  const kind = kindOf(value);
  const among = type.kind === "literal" || type.kind === "union";
  return { path, expected: expected(type), found: among ? foundAmong(kind, type) : kind };
}

/** The kind of a value, as a misfit names it. */
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
