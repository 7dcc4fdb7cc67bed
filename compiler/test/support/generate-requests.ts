import { ANY, type CheckedPolicy, optional, recordOf, type Type } from "@agentpolicy/language";
import type { Figures } from "@agentpolicy/runtime/abi";
import { WORDS } from "./generate-types.ts";
import type { Pick } from "./pick.ts";

/** A value of a type; once in `odd` parts it is of another. */
export function someValue(pick: Pick, type: Type, odd: number): unknown {
  if (odd > 0 && pick.once(odd)) return oddValue(pick);
  switch (type.kind) {
    case "string": {
      const word = pick.of(WORDS);
      return type.maxLength === undefined ? word : (word || "a").slice(0, type.maxLength);
    }
    case "number": {
      const whole = pick.below(11);
      return type.integer || type.maximum !== undefined ? whole : whole + pick.of([0, 0.5, -20, 1e9]);
    }
    case "boolean":
      return pick.once(2);
    case "null":
      return null;
    case "literal":
      return type.value;
    case "list":
      return pick.some(type.minItems ?? 0, type.maxItems ?? 3, () => someValue(pick, type.element, odd));
    case "record": {
      const fields = [...type.fields]
        .filter(([, field]) => !field.optional || pick.once(2))
        .map(([name, field]) => [name, someValue(pick, field.type, odd)] as const);
      const { rest } = type;
      const others =
        rest === "closed" || pick.once(2)
          ? []
          : [["other", someValue(pick, rest === "hidden" ? { kind: "any" } : rest, odd)] as const];
      return Object.fromEntries([...fields, ...others]);
    }
    case "union":
      return someValue(pick, pick.of(type.members), odd);
    case "any":
      return pick.of(["a", "x@acme.com", 1, 1.5, null, ["a"], ["a", 1, null], { a: 1 }, { a: "b" }, true]);
    default:
      return 0;
  }
}

/** Values that hardly anything expects. */
export function oddValue(pick: Pick): unknown {
  return pick.of<() => unknown>([
    () => undefined,
    () => null,
    () => Number.NaN,
    () => Number.POSITIVE_INFINITY,
    () => 1e308,
    () => -0,
    () => 1.5,
    () => 10n,
    () => "\ud800",
    () => "a\nb\u2028\u202e",
    () => "x".repeat(300),
    () => [],
    () => [undefined],
    () => {
      const sparse: unknown[] = [];
      sparse.length = 3;
      return sparse;
    },
    () => ({}),
    () => JSON.parse('{"__proto__": {"kind": "file"}, "constructor": 1, "toString": "x"}'),
    () => Object.create({ kind: "file", f0: "a", f1: 1 }),
    () => new Date(0),
    () => new Map([["a", 1]]),
    () => () => 1,
    () => Symbol("s"),
    () => new String("boxed"),
  ])();
}

/** A request of tool `t` (or an unknown one): one in three fits, the others are odd here and there. */
export function someRequest(pick: Pick, policy: CheckedPolicy): unknown {
  const odd = pick.of([0, 6, 25]);
  const known = !pick.once(5);
  const input = known ? policy.tools.get("t")!.input : recordOf([["other", optional(ANY)]]);
  return {
    actor: someValue(pick, policy.roots.actor, odd),
    action: { name: known ? "t" : pick.of(["__proto__", "u"]), input: someValue(pick, input, odd) },
    context: someValue(pick, policy.roots.context, odd),
    ...(pick.once(4) ? {} : { session: { id: "s" } }),
    ...(pick.once(6) ? {} : { now: pick.of([0, 1_795_392_000_000, 1e300]) }),
  };
}

export function someFigures(pick: Pick, policy: CheckedPolicy): Figures {
  const entries = [...policy.tracks.values()].map(({ id, figure }) => {
    if (pick.once(12)) return [id, pick.of([Number.NaN, "1", undefined]) as number] as const;
    return [id, figure === "seen" ? pick.once(2) : pick.below(40)] as const;
  });
  return Object.fromEntries(entries);
}
