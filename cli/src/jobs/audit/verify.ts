import { createHash } from "node:crypto";
import {
  type AuditHead,
  type AuditLog,
  type AuditRecord,
  type ChainFinding,
  type ChainReport,
  verifyChain,
} from "@agentpolicy/runtime";
import { headText, readHead, readHeads } from "../../arguments/heads.ts";
import { openRecords, type RecordFile } from "../../io/records.ts";
import { type Checked, reportsText } from "../../output/chain.ts";
import { jsonText } from "../../output/json-text.ts";
import { report } from "../../report.ts";
import { EXIT, isMistake, type Mistake } from "../../result.ts";
import type { World } from "../../world.ts";
import { onStore, type StoreOptions } from "../store-job.ts";
import { logOf, rowsOf } from "./log.ts";

/** The options of `agentpolicy audit verify`, as commander gives them. */
export interface VerifyOptions extends StoreOptions {
  readonly head?: readonly string[];
  readonly from?: string;
}

interface Heads {
  readonly noted: readonly AuditHead[];
  readonly from?: AuditHead;
}

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

export const verifyLog = async (
  file: string | undefined,
  options: VerifyOptions,
  world: World,
): Promise<number> => {
  const heads = headsOf(options);
  if (isMistake(heads)) return report(world, heads);
  const lines = file === undefined ? null : await openRecords(file, world);
  if (isMistake(lines)) return report(world, lines);
  // With a file the store counts only where it is named: the variable is for whoever names neither.
  if (lines !== null && options.store === undefined)
    return told([await verifyFile(lines, heads)], options, world);
  return onStore(options, world, async (opened) => {
    const log = logOf(opened);
    if (isMistake(log)) return log;
    if (lines === null) return told([await verifyStore(log, opened.shown, heads)], options, world);
    const from = heads.from ?? (await headBefore(lines, log));
    const inFile = await verifyFile(lines, { noted: [], ...(from === undefined ? {} : { from }) });
    // Where the file's last record is one of the store, so are all before it: each has the hash of the one before.
    const noted = inFile.report.records === 0 ? heads.noted : [...heads.noted, inFile.report.head];
    return told([inFile, await verifyStore(log, opened.shown, { noted })], options, world);
  });
};

const headsOf = ({ head = [], from }: VerifyOptions): Heads | Mistake => {
  const noted = readHeads(head);
  if (isMistake(noted)) return noted;
  if (from === undefined) return { noted: noted.heads };
  const first = readHead(from);
  return isMistake(first) ? first : { noted: noted.heads, from: first };
};

const verifyStore = async (log: AuditLog, shown: string, { noted, from }: Heads): Promise<Checked> => {
  // Where records at the end were taken out, the store's own head may still tell.
  const own = await log.head();
  const heads = { noted: own.seq > 0 ? [...noted, own] : noted, ...(from === undefined ? {} : { from }) };
  return { source: shown, report: await verified(rowsOf(log, from?.seq ?? 0), heads) };
};

const verifyFile = async (file: RecordFile, heads: Heads): Promise<Checked> => {
  const torn: number[] = [];
  const found = await verified(recordsIn(file, torn), heads);
  const lines = found.ok || !file.again ? undefined : await linesWith(found.findings, file);
  return { source: file.shown, report: found, torn, ...(lines === undefined ? {} : { lines }) };
};

const verified = (
  records: AsyncIterable<AuditRecord | undefined>,
  { noted, from }: Heads,
): Promise<ChainReport> =>
  // What is no record is found to be none.
  verifyChain(records as AsyncIterable<AuditRecord>, {
    sha256,
    head: noted,
    ...(from === undefined ? {} : { from }),
  });

/** What stands in a file; undefined in the place of what is no record. Lines that a crash left behind are gathered. */
async function* recordsIn({ lines }: RecordFile, torn: number[]): AsyncGenerator<AuditRecord | undefined> {
  for await (const { line, record, problem } of lines()) {
    if (problem === "torn") torn.push(line);
    else yield record;
  }
}

/** The record of a store that a file goes on after, where the file does not begin with the first. */
const headBefore = async (file: RecordFile, log: AuditLog): Promise<AuditHead | undefined> => {
  if (!file.again) return undefined;
  for await (const { record } of file.lines()) {
    if (record === undefined) continue;
    if (record.seq < 2) return undefined;
    const [before] = await log.read({ after: record.seq - 2, limit: 1 });
    return before?.seq === record.seq - 1 ? { seq: before.seq, hash: before.hash } : undefined;
  }
  return undefined;
};

/** On which line each finding is: the last with its number, or for what is no record the first, second … such line. */
const linesWith = async (
  findings: readonly ChainFinding[],
  file: RecordFile,
): Promise<ReadonlyMap<ChainFinding, number>> => {
  const bySeq = new Map<number, number>();
  for (const finding of findings) if ("seq" in finding) bySeq.set(finding.seq, 0);
  const foreign: number[] = [];
  for await (const { line, record, problem } of file.lines()) {
    if (problem === "foreign") foreign.push(line);
    else if (record !== undefined && bySeq.has(record.seq)) bySeq.set(record.seq, line);
  }
  const found = new Map<ChainFinding, number>();
  for (const finding of findings) {
    const line = finding.kind === "foreign" ? foreign.shift() : "seq" in finding ? bySeq.get(finding.seq) : 0;
    if (line !== undefined && line > 0) found.set(finding, line);
  }
  return found;
};

const told = async (
  checked: readonly Checked[],
  { format }: VerifyOptions,
  world: World,
): Promise<number> => {
  const ok = checked.every(({ report: { ok: sound } }) => sound);
  await world.out(
    format === "json"
      ? jsonText({ ok, checked: checked.map(jsonOf) })
      : reportsText(checked, world.style.out),
  );
  return ok ? EXIT.fine : EXIT.findings;
};

const jsonOf = ({ source, report: { findings, ...rest }, lines, torn }: Checked) => ({
  source,
  ...rest,
  head: headText(rest.head),
  ...(torn === undefined ? {} : { torn }),
  findings: findings.map((finding) => {
    const line = lines?.get(finding);
    return line === undefined ? finding : { ...finding, line };
  }),
});
