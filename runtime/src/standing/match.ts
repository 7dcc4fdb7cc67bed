import type { Request } from "../abi/request.ts";
import { isOf } from "../checkpoints/approver.ts";
import { stepsOf } from "../guard/paths.ts";
import type { Condition, StandingRecord } from "./record.ts";

const BOUNDS: { readonly [bound: string]: (value: number, bound: number) => boolean } = {
  lt: (value, bound) => value < bound,
  lte: (value, bound) => value <= bound,
  gt: (value, bound) => value > bound,
  gte: (value, bound) => value >= bound,
};

export const BOUND_NAMES = Object.keys(BOUNDS);

const isPrimitive = (value: unknown): boolean => Object(value) !== value;

/** Whether a condition holds. One that is not understood never does. */
function holds(condition: Condition, value: unknown): boolean {
  if (isPrimitive(condition)) return value === condition;
  const demands = Object.entries(condition as object);
  return (
    demands.length > 0 &&
    demands.every(([name, demand]) => {
      if (name === "in") return Array.isArray(demand) && isPrimitive(value) && demand.includes(value);
      return (
        typeof value === "number" &&
        typeof demand === "number" &&
        Object.hasOwn(BOUNDS, name) &&
        BOUNDS[name]?.(value, demand) === true
      );
    })
  );
}

/** What stands at a path of a request; undefined where nothing does. Lists are not entered, inherited fields do not count. */
const valueAt = (request: Request, path: string): unknown => {
  let value: unknown = request;
  for (const step of stepsOf(path)) {
    if (isPrimitive(value) || Array.isArray(value) || !Object.hasOwn(value as object, step)) return undefined;
    value = (value as { readonly [field: string]: unknown })[step];
  }
  return value;
};

/** Whether an approval given ahead is for this call, now. Nobody approves the call of their own agent. */
export const isFor = (
  { state, actor, actorType, tool, when, expiresAt, approval }: StandingRecord,
  request: Request,
  now: number,
): boolean =>
  state === "granted" &&
  now < expiresAt &&
  request.actor.id === actor &&
  request.actor.type === actorType &&
  request.action?.name === tool &&
  !isOf(request.actor, approval.by) &&
  Object.entries(when).every(([path, condition]) => holds(condition, valueAt(request, path)));
