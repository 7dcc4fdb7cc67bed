import type { StoreName } from "./place.ts";
import type { Sizes } from "./result.ts";

const WIDTH = 32;
const HISTORIES = [1, 1_000, 1_000_000];

const DURABLE: Sizes = {
  oneByOne: { rounds: 51, warmup: 3, calls: 12 },
  block: 1,
  atOnce: { rounds: 21, warmup: 1, calls: 3 * WIDTH },
  width: WIDTH,
  tracks: { rounds: 51, warmup: 3, calls: 12 },
  histories: HISTORIES,
};

/** What is done in microseconds is done often, and the clock is read for ten calls together. */
const IN_MEMORY: Sizes = {
  oneByOne: { rounds: 25, warmup: 5, calls: 500 },
  block: 10,
  atOnce: { rounds: 25, warmup: 5, calls: 16 * WIDTH },
  width: WIDTH,
  tracks: { rounds: 25, warmup: 5, calls: 500 },
  histories: HISTORIES,
};

/** Enough to see that all of it works, and nothing else. */
const QUICK: Sizes = {
  oneByOne: { rounds: 2, warmup: 0, calls: 3 },
  block: 1,
  atOnce: { rounds: 2, warmup: 0, calls: WIDTH },
  width: WIDTH,
  tracks: { rounds: 2, warmup: 0, calls: 3 },
  histories: [1, 20, 200],
};

export const sizesOf = (store: StoreName, quick: boolean): Sizes =>
  quick ? QUICK : store === "memory" ? IN_MEMORY : DURABLE;
