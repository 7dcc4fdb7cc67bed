import fc from "fast-check";

/** Choices, made by fast-check so that failures shrink and repeat. */
export interface Pick {
  /** 0 up to and without `n`. */
  readonly below: (n: number) => number;
  readonly of: <T>(all: readonly T[]) => T;
  /** True once in `n` times. */
  readonly once: (n: number) => boolean;
  readonly some: <T>(least: number, most: number, make: (i: number) => T) => T[];
}

/** An arbitrary of whatever is made by choices. */
export function picked<T>(make: (pick: Pick) => T): fc.Arbitrary<T> {
  return fc.gen().map((g) => {
    const below = (n: number): number => (n <= 1 ? 0 : g(fc.nat, { max: n - 1 }));
    return make({
      below,
      of: (all) => all[below(all.length)]!,
      once: (n) => below(n) === n - 1,
      some: (least, most, make) => Array.from({ length: least + below(most - least + 1) }, (_, i) => make(i)),
    });
  });
}
