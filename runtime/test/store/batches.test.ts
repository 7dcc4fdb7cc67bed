import { inBatches, inTurns } from "@agentpolicy/runtime/store";
import { expect, test } from "vitest";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test("what comes while a batch is written goes together in the next", async () => {
  const written: number[][] = [];
  const append = inBatches<number>(async (items) => {
    await pause(5);
    written.push([...items]);
  });
  const first = [append([1]), append([2, 3])];
  await pause(1);
  const second = [append([4]), append([5]), append([])];
  await Promise.all(first);
  expect(written).toEqual([[1, 2, 3]]);
  await Promise.all(second);
  await append([6]);
  expect(written).toEqual([[1, 2, 3], [4, 5], [6]]);
});

test("each batch is answered for itself, also where writing throws at once", async () => {
  let fails = true;
  const append = inBatches<number>((items) => {
    if (fails) throw new Error(`no ${items}`);
    return Promise.resolve();
  });
  const settled = await Promise.allSettled([append([1]), append([2])]);
  expect(settled.map((one) => one.status === "rejected" && one.reason.message)).toEqual(["no 1,2", "no 1,2"]);
  fails = false;
  await append([3]);
});

test("a batch has an end, and what was given at once is in one", async () => {
  const sizes: number[] = [];
  const append = inBatches<number>(async (items) => void sizes.push(items.length));
  const many = (count: number) => append(Array.from({ length: count }, (_, at) => at));
  await Promise.all([many(400), many(400), many(2000), ...Array.from({ length: 30 }, () => many(20))]);
  expect(sizes).toEqual([800, 2000, 500, 100]);
});

test("turns under one name follow each other, whatever becomes of them; other names do not wait", async () => {
  const inTurn = inTurns();
  const order: string[] = [];
  const work = (name: string, ms: number) => async () => {
    order.push(`${name} begins`);
    await pause(ms);
    order.push(`${name} ends`);
    if (name.startsWith("bad")) throw new Error(name);
    return name;
  };
  const bad = inTurn("a", work("bad", 10));
  const good = inTurn("a", work("good", 1));
  const other = inTurn("b", work("other", 3));
  await expect(bad).rejects.toThrow("bad");
  expect([await good, await other]).toEqual(["good", "other"]);
  expect(order).toEqual(["bad begins", "other begins", "other ends", "bad ends", "good begins", "good ends"]);
});
