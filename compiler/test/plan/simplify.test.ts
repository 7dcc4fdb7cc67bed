import { describe, expect, it } from "vitest";
import { makeCanFault } from "../../src/plan/faults.ts";
import { conditionOf, simplify } from "../../src/plan/simplify.ts";
import {
  and,
  arithmetic,
  compare,
  constant,
  equal,
  ifElse,
  not,
  or,
  orElse,
  parse,
  path,
  policy,
} from "../support/build.ts";

const canFault = makeCanFault(policy({}));
const simple = (expr: Parameters<typeof simplify>[0]) => simplify(expr, canFault);
const flag = path("input.flag");
const risky = equal(parse("domain", path("input.to")), constant("x"));
const TRUE = constant(true);
const FALSE = constant(false);

describe("simplify", () => {
  it("folds connectives around constants", () => {
    expect(simple(and(TRUE, flag))).toBe(flag);
    expect(simple(and(flag, FALSE))).toEqual(FALSE);
    expect(simple(or(FALSE, flag))).toBe(flag);
    expect(simple(or(flag, TRUE))).toEqual(TRUE);
    expect(simple(not(not(TRUE)))).toEqual(TRUE);
    expect(simple(not(equal(flag, TRUE)))).toEqual({ ...equal(flag, TRUE), negated: true });
    expect(simple(ifElse(and(TRUE, TRUE), flag, risky))).toBe(flag);
  });

  it("works out constants, as far as they have a value", () => {
    expect(simple(compare("<", arithmetic("+", constant(1), constant(2)), constant(4)))).toEqual(TRUE);
    expect(simple(equal(constant("1"), constant(1)))).toEqual(FALSE);
    expect(simple(orElse(constant(null), flag))).toBe(flag);
    const endless = arithmetic("/", constant(1), constant(0));
    expect(simple(endless)).toBe(endless);
  });

  it("keeps what can fault before what would decide", () => {
    expect(simple(and(risky, FALSE))).toEqual(and(risky, FALSE));
    expect(simple(or(risky, TRUE))).toEqual(or(risky, TRUE));
    expect(simple(and(FALSE, risky))).toEqual(FALSE);
  });

  it("makes one condition of `when` and `unless`", () => {
    expect(conditionOf(null, null, canFault)).toBeNull();
    expect(conditionOf(TRUE, FALSE, canFault)).toBeNull();
    expect(conditionOf(flag, null, canFault)).toBe(flag);
    expect(conditionOf(null, flag, canFault)).toEqual(not(flag));
    expect(conditionOf(flag, TRUE, canFault)).toEqual(FALSE);
    expect(conditionOf(risky, TRUE, canFault)).toMatchObject({ kind: "and" });
  });
});
