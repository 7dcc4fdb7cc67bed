import type { Misfit } from "../abi/decision.ts";
import { frozenCopy, type Json } from "../guard/copy.ts";
import { stepsOf } from "../guard/paths.ts";
import { BOUND_NAMES } from "./match.ts";
import type { Conditions } from "./record.ts";

const ROOTS = ["actor", "context", "resource", "session", "model"];
const PRIMITIVES = ["string", "number", "boolean"];

const misfit = (path: string, expected: string, value: unknown): Misfit => {
  const found =
    value === null ? "null" : Array.isArray(value) ? "list" : value === undefined ? "nothing" : typeof value;
  return { path, expected, found: found === "object" ? "record" : found };
};

const isPrimitive = (value: Json | undefined) => value === null || PRIMITIVES.includes(typeof value);

/** The path as it would be written, from a root of requests. */
const isPath = (path: string): boolean => {
  const [root = "", ...rest] = stepsOf(path);
  return (
    rest.length > 0 && (ROOTS.includes(root) || (root === "action" && rest[0] === "input" && rest.length > 1))
  );
};

/** What is wrong with conditions; else a copy of them. */
export function checkedConditions(
  given: unknown,
): { readonly when: Conditions } | { readonly misfit: Misfit } {
  const copied = frozenCopy(given);
  if (!("copy" in copied)) return { misfit: { ...copied, path: "when" } };
  const conditions = copied.copy;
  if (isPrimitive(conditions) || Array.isArray(conditions)) {
    return { misfit: misfit("when", "conditions by request path", conditions) };
  }
  for (const [path, condition] of Object.entries(conditions as { readonly [path: string]: Json })) {
    const at = `when[${JSON.stringify(path)}]`;
    if (!isPath(path)) {
      return {
        misfit: { path: at, expected: "path such as `input.amount` or `context.env`", found: "other text" },
      };
    }
    const wrong = wrongIn(condition, at);
    if (wrong) return { misfit: wrong };
  }
  return { when: conditions as unknown as Conditions };
}

function wrongIn(condition: Json, at: string): Misfit | undefined {
  if (isPrimitive(condition)) return;
  const demands = Object.entries(condition as { readonly [name: string]: Json });
  if (Array.isArray(condition) || demands.length === 0) {
    return misfit(at, "value, `in` or bounds", condition);
  }
  for (const [name, demand] of demands) {
    const here = `${at}.${name}`;
    if (name === "in") {
      if (!Array.isArray(demand) || !demand.every(isPrimitive)) return misfit(here, "list of values", demand);
    } else if (!BOUND_NAMES.includes(name)) {
      return { path: here, expected: `one of in, ${BOUND_NAMES.join(", ")}`, found: "other name" };
    } else if (typeof demand !== "number") return misfit(here, "number", demand);
  }
  return;
}
