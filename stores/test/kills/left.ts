import { verifyChain, withSinks } from "@agentpolicy/runtime";
import { jsonLines, readJsonLines } from "@agentpolicy/sink-jsonl";
import { expect } from "vitest";
import { openAt, type Place } from "../support/places.ts";
import { type Found, findAll, sha256 } from "./checks.ts";
import { lifeOf } from "./journal.ts";
import { nameOf, type Target, told } from "./lives.ts";

/** A process that was killed: whose, and at which moment of which story. */
export interface Death extends Target {
  readonly number: number;
}

/** What a process leaves behind: its records and lines of the journal, as they would be whoever's they were. */
export interface Left {
  readonly records: readonly string[];
  readonly lines: readonly string[];
}

export const leftBy = (number: number, { records, lines }: Found): Left => ({
  records: told(records, number),
  lines: lines
    .filter(({ id }) => lifeOf(id) === nameOf(number))
    .map(({ what, id, by }) => `${what} ${id.replace(nameOf(number), "life")} ${by}`),
});

/**
 * What each process left is the beginning of what one leaves that lives on: the more, the later it was killed, and more only
 * where a transaction was ended. `whole` is what is left by whoever lives a story to its end.
 */
export function leftWhole(found: Found, deaths: readonly Death[], whole: readonly Left[]): void {
  let last: { readonly story: number; readonly left: Left } | undefined;
  for (const { number, label, when, step, story } of deaths) {
    const where = `killed ${when} step ${step}, ${label}`;
    const all = whole[story] as Left;
    const left = leftBy(number, found);
    expect(left.records, where).toEqual(all.records.slice(0, left.records.length));
    expect(left.lines, where).toEqual(all.lines.slice(0, left.lines.length));
    if (last?.story === story) {
      const isDone = when !== "before";
      const records = left.records.length - last.left.records.length;
      if (isDone && /COMMIT/.test(label)) expect(records, where).toBeGreaterThanOrEqual(0);
      else expect(records, where).toBe(0);
      const lines = left.lines.length - last.left.lines.length;
      expect(lines, where).toBe(isDone && label.startsWith("journal") ? 1 : 0);
    }
    last = { story, left };
  }
}

/** What is left is delivered; then the file has what the log has, in order, and again only what was in delivery at a kill. */
export async function deliveredWhole(
  place: Place,
  journal: string,
  path: string,
  kills: number,
): Promise<void> {
  const { store, close } = openAt(place);
  await withSinks(store, { sinks: [jsonLines(path)] }).flush();
  const { records, report } = await findAll(store, journal);
  await close();
  const delivered = [];
  for await (const { record, problem } of readJsonLines(path)) {
    expect(problem === undefined || problem === "torn").toBe(true);
    if (record) delivered.push(record);
  }
  expect(await verifyChain(delivered, { sha256, head: report.head })).toMatchObject({
    ok: true,
    findings: [],
    records: records.length,
  });
  expect(delivered.length - records.length).toBeLessThanOrEqual(kills * 2);
}
