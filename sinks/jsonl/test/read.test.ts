import { writeFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { chainOf } from "../../../runtime/test/audit/support.ts";
import { readJsonLines } from "../src/index.ts";
import { folder, linesOf } from "./support.ts";

test("lines are told apart: records, what is torn, what is something else, what is empty", async () => {
  const place = folder();
  const [record] = chainOf(1);
  const text = JSON.stringify(record);
  writeFileSync(
    place.at("a"),
    `${text}\n\n${text.slice(0, 50)}\n[1]\nnull\n{"seq":1}\n"text"\nnot json\n${text}`,
  );
  expect(await linesOf(place.at("a"))).toEqual([
    { line: 1, record },
    { line: 3, problem: "torn" },
    { line: 4, problem: "foreign" },
    { line: 5, problem: "foreign" },
    { line: 6, problem: "foreign" },
    { line: 7, problem: "foreign" },
    { line: 8, problem: "torn" },
    { line: 9, record },
  ]);
  writeFileSync(place.at("b"), "");
  expect(await linesOf(place.at("b"))).toEqual([]);
  await expect(linesOf(place.at("c"))).rejects.toMatchObject({ code: "ENOENT" });
  place.remove();
});

test("property: however the bytes are cut, the lines are the same", async () => {
  const chain = chainOf([
    { event: "refused", at: 1, reason: "é\u2028😀\r" },
    { event: "refused", at: 2 },
  ]);
  const bytes = Buffer.from(chain.map((record) => `${JSON.stringify(record)}\n`).join(""));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 20 }), async (cuts) => {
      const at = [0, ...cuts.sort((a, b) => a - b), bytes.length];
      async function* chunks() {
        for (let i = 1; i < at.length; i++) yield bytes.subarray(at[i - 1], at[i]);
      }
      expect((await linesOf(chunks())).map(({ record }) => record)).toEqual(chain);
    }),
    { numRuns: 100 },
  );
});

test("whoever has read enough stops", async () => {
  const place = folder();
  writeFileSync(
    place.at("a"),
    chainOf(5000)
      .map((record) => `${JSON.stringify(record)}\n`)
      .join(""),
  );
  for await (const { line } of readJsonLines(place.at("a"))) if (line === 3) break;
  place.remove();
});
