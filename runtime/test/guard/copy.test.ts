import { runInNewContext } from "node:vm";
import { ABI, type Decision, type Policy, type Request } from "@agentpolicy/runtime";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { counter, guarded, request } from "./support.ts";

const allows = { decide: (): Partial<Decision> => ({}) };

async function misfitOf(given: unknown) {
  const { iam } = guarded(allows);
  const { runs, execute } = counter();
  const { executed, decision } = await iam.guard(given as Request, execute);
  expect({ executed, runs }).toEqual({ executed: false, runs: [] });
  expect(decision).toMatchObject({ decision: "deny", code: "invalid_request" });
  expect(Object.isFrozen(decision)).toBe(true);
  return decision.misfit;
}

const nested = (depth: number) => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = level % 2 ? { a: value } : [value];
  return value;
};
const cycle: { self?: unknown } = {};
cycle.self = cycle;
const wide: unknown[] = [];
wide.push(wide, wide);
let shared: unknown = 1;
for (let level = 0; level < 60; level++) shared = [shared, shared];
const thrower = {
  get a() {
    throw new Error("secret");
  },
};
const { proxy, revoke } = Proxy.revocable({}, {});
revoke();

describe("what is not plain JSON is refused, with its path", () => {
  test.each<[string, unknown, string, string]>([
    ["NaN", { n: Number.NaN }, "input.n", "number that is not finite"],
    ["Infinity", { n: [1, Number.POSITIVE_INFINITY] }, "input.n[1]", "number that is not finite"],
    ["a bigint", { n: 1n }, "input.n", "bigint"],
    ["a symbol", { n: Symbol("s") }, "input.n", "symbol"],
    ["a function", { n: () => 1 }, "input.n", "function"],
    ["a toJSON", { n: { toJSON: () => 1 } }, "input.n.toJSON", "function"],
    ["a date", { n: new Date(0) }, "input.n", "other than plain"],
    ["a map", { n: new Map() }, "input.n", "other than plain"],
    ["bytes", { n: new Uint8Array(2) }, "input.n", "other than plain"],
    ["a boxed text", { n: Object("a") }, "input.n", "other than plain"],
    ["a promise", { n: Promise.resolve(1) }, "input.n", "other than plain"],
    ["a hole", { n: Object.assign([1], { 2: 3 }) }, "input.n", "other than plain"],
    ["a huge hole", { n: new Array(4_000_000_000) }, "input.n", "other than plain"],
    ["undefined in a list", { n: [undefined] }, "input.n[0]", "undefined"],
    ["a getter that throws", { n: thrower }, "input.n.a", "unreadable"],
    ["a revoked proxy", { n: proxy }, "input.n", "unreadable"],
    ["an odd name", { "odd \u202e name": Number.NaN }, "input[…]", "number that is not finite"],
    ["a million and one values", { n: new Array(1_000_001).fill(0) }, "input.n[", "too much"],
  ])("%s", async (_, input, path, found) => {
    const misfit = await misfitOf(request(input));
    expect(misfit?.path.startsWith(path)).toBe(true);
    expect(misfit).toMatchObject({ expected: "plain JSON", found });
  });

  test.each<[string, unknown]>([
    ["a cycle", cycle],
    ["a cycle that doubles", wide],
    ["lists shared a billion times", shared],
    ["300 levels", nested(300)],
    ["10,000 levels", nested(10_000)],
    ["100,000 levels", nested(100_000)],
  ])("%s", async (_, input) => {
    expect(await misfitOf(request(input))).toMatchObject({ found: "too much" });
  });

  test("outside the input too", async () => {
    expect(await misfitOf({ ...request(), context: { a: Number.NaN } })).toMatchObject({ path: "context.a" });
    expect(await misfitOf(new Date(0))).toMatchObject({ path: "request" });
    expect(await misfitOf(() => 1)).toMatchObject({ path: "request", found: "function" });
    for (const given of [undefined, null, 5, "text", [], {}]) await misfitOf(given);
  });
});

describe("the copy", () => {
  test("250 levels, records without a prototype and records of another realm are plain", async () => {
    const { iam } = guarded(allows);
    const bare = Object.assign(Object.create(null), { a: 1 });
    for (const input of [nested(250), bare, runInNewContext("({ a: [{ b: 1 }] })")]) {
      const result = await iam.guard(request(input), (input) => JSON.stringify(input));
      expect(result.executed && result.value).toBe(JSON.stringify(input));
    }
  });

  test("getters run once; what the caller changes later changes nothing", async () => {
    let reads = 0;
    const input = {
      get amount() {
        return ++reads;
      },
      to: ["a"],
    };
    const { iam } = guarded({
      decide: ({ action }) => {
        input.to.push("evil");
        return (action.input as { amount: number }).amount === 1 ? {} : { decision: "deny" };
      },
    });
    const { runs, execute } = counter();
    const running = iam.guard(request(input), execute);
    input.to[0] = "worse";
    expect((await running).executed).toBe(true);
    expect(runs).toEqual([{ amount: 1, to: ["a"] }]);
    expect(reads).toBe(1);
  });

  test("undefined fields are left out, a negative zero is zero, and __proto__ is a name like others", async () => {
    const { iam } = guarded(allows);
    const input = JSON.parse('{"__proto__":{"admin":true},"constructor":1,"toString":null}');
    const result = await iam.guard(
      request({ ...input, gone: undefined, zero: -0 }),
      (input) => input as object,
    );
    const value = (result.value ?? {}) as { zero: number; admin?: boolean };
    expect(Object.keys(value)).toEqual(["__proto__", "constructor", "toString", "zero"]);
    expect(Object.is(value.zero, 0)).toBe(true);
    expect(value.admin).toBeUndefined();
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  test("a text of ten megabytes and lone surrogates pass as they are", async () => {
    const { iam } = guarded(allows);
    const input = { text: "\ud800".repeat(5_000_000) };
    const { runs, execute } = counter();
    await iam.guard(request(input), execute);
    expect((runs[0] as typeof input).text === input.text).toBe(true);
  });

  test("any JSON comes out as it went in, frozen to the bottom", async () => {
    const { iam } = guarded(allows);
    const isFrozen = (value: unknown): boolean =>
      typeof value !== "object" || (Object.isFrozen(value) && Object.values(value ?? {}).every(isFrozen));
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (input) => {
        const { runs, execute } = counter();
        await iam.guard(request(input), execute);
        expect(JSON.stringify(runs[0])).toBe(JSON.stringify(input ?? {}));
        expect(isFrozen(runs[0])).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test("nothing that a caller can send makes the guard throw", async () => {
    const { iam } = guarded(allows);
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error("get");
        },
        ownKeys: () => {
          throw new Error("keys");
        },
        getPrototypeOf: () => {
          throw new Error("prototype");
        },
      },
    );
    const { runs, execute } = counter();
    for (const given of [
      hostile,
      { actor: hostile },
      { action: hostile },
      { ...request(), context: hostile },
    ]) {
      expect((await iam.guard(given as Request, execute)).executed).toBe(false);
      expect((await iam.evaluate(given as Request)).decision).toBe("deny");
    }
    await fc.assert(
      fc.asyncProperty(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
        async (given) => {
          expect((await iam.guard(given as Request, execute)).executed).toBe(false);
        },
      ),
      { numRuns: 200 },
    );
    expect(runs).toEqual([]);
  });
});

test("the ABI that the tests speak is the guard's", () => {
  expect((guarded(allows).policy as Policy).manifest.abi).toBe(ABI);
});
