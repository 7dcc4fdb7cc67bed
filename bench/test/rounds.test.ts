import { expect, test } from "vitest";
import { atOnce, type Contender, interleaved, oneByOne } from "../src/harness/rounds.ts";

/** Contenders that write down what they are asked. */
function writing(names: readonly string[]) {
  const said: string[] = [];
  const contenders: readonly Contender[] = names.map((name) => ({
    name,
    prepare: async (calls) => {
      said.push(`prepare ${name} ${calls}`);
    },
    call: async () => {
      said.push(name);
    },
  }));
  return { said, contenders };
}

test("every contender has its turn in every round, prepared, and nobody always after the same", async () => {
  const { said, contenders } = writing(["a", "b", "c"]);
  const measured = await interleaved(contenders, { rounds: 4, warmup: 1, calls: 1 }, oneByOne(1));
  const turns = said.filter((line) => line.length === 1);
  expect(turns.join("")).toBe("abcacbcabcbabca".slice(0, 15));
  for (let at = 0; at < said.length; at += 2) expect(said[at]).toBe(`prepare ${said[at + 1]} 1`);
  expect([...measured.keys()]).toEqual(["a", "b", "c"]);
  for (const rounds of measured.values()) {
    expect(rounds.map(({ samples }) => samples.length)).toEqual([1, 1, 1, 1]);
    for (const { cpu } of rounds) expect(cpu).toBeGreaterThanOrEqual(0);
  }
});

test("a sample is a call, or a block of calls, in microseconds each", async () => {
  const slow: Contender = { name: "slow", call: () => new Promise((resolve) => setTimeout(resolve, 5)) };
  const single = await oneByOne(1)(slow, 3);
  const blocks = await oneByOne(2)(slow, 4);
  expect([single.length, blocks.length]).toEqual([3, 2]);
  for (const sample of [...single, ...blocks]) expect(sample).toBeGreaterThan(4_000);
});

test("calls at once are as many as they should be, and never more", async () => {
  let [under, most, done] = [0, 0, 0];
  const contender: Contender = {
    name: "wide",
    call: async () => {
      most = Math.max(most, ++under);
      await new Promise((resolve) => setTimeout(resolve, 1));
      under--;
      done++;
    },
  };
  expect(await atOnce(8)(contender, 20)).toHaveLength(1);
  expect([most, done]).toEqual([8, 20]);
});

test("a call that did not do what is measured ends the run", async () => {
  const wrong: Contender = { name: "wrong", call: () => Promise.reject(new Error("did not run")) };
  for (const clocked of [oneByOne(1), atOnce(4)]) {
    await expect(interleaved([wrong], { rounds: 1, warmup: 0, calls: 4 }, clocked)).rejects.toThrow(
      "did not run",
    );
  }
});
