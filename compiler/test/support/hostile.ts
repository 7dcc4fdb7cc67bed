/** A function that only throws. */
export const thrower = (): never => {
  throw new Error("no");
};

const throwing = (name: string): object =>
  Object.defineProperty({}, name, { get: thrower, enumerable: true });

const revoked = (of: object): object => {
  const { proxy, revoke } = Proxy.revocable(of, {});
  revoke();
  return proxy;
};

const cycle = (): object => {
  const self: { self?: unknown } = {};
  self.self = self;
  return self;
};

const deep = (): unknown => {
  let value: unknown = {};
  for (let i = 0; i < 10_000; i++) value = { inner: value, deep: [value] };
  return value;
};

/** Values that nobody should send. */
export const HOSTILE: Readonly<Record<string, () => unknown>> = {
  "a getter that throws": () => throwing("x"),
  "getters that throw everywhere": () =>
    new Proxy({}, { get: thrower, has: thrower, getOwnPropertyDescriptor: thrower, ownKeys: thrower }),
  "a list that throws": () => new Proxy([], { get: thrower, getOwnPropertyDescriptor: thrower }),
  "a revoked record": () => revoked({}),
  "a revoked list": () => revoked([]),
  "a cycle": cycle,
  "deep nesting": deep,
  "a symbol": () => Symbol("x"),
  "a bigint": () => 10n,
  "a function": () => thrower,
  "not a number": () => Number.NaN,
  infinity: () => Number.POSITIVE_INFINITY,
  "minus zero": () => -0,
  "a lone surrogate": () => "\ud800",
  "a long text": () => "x".repeat(10_000_000),
  "a boxed string": () => Object("yes"),
  "a date": () => new Date(0),
  "a map": () => new Map([["kind", "file"]]),
  "a list with holes": () => Array(5),
  "a list with its own methods": () =>
    Object.assign(["a"], { some: thrower, includes: thrower, length: 1, [Symbol.iterator]: thrower }),
  "a record that inherits": () => Object.create({ kind: "file", path: "/x", price: 1, inner: {} }),
  "a record without prototype": () => Object.assign(Object.create(null), { kind: "file", path: "/x" }),
  "a record with __proto__": () => JSON.parse('{"__proto__":{"kind":"file","path":"/x"}}'),
  "a value that turns into others": () => ({
    valueOf: thrower,
    toString: thrower,
    [Symbol.toPrimitive]: thrower,
    toJSON: thrower,
  }),
  "a huge list": () => Array.from({ length: 20_000 }, () => ({ price: 1, tags: [] })),
  undefined: () => undefined,
  null: () => null,
};
