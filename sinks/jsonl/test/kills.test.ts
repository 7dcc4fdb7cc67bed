import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { verifyChain } from "@agentpolicy/runtime";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { chainOf, headOf, sha256 } from "../../../runtime/test/audit/support.ts";
import { folder, linesOf, recordsOf } from "./support.ts";

const KILLS = 20;
const RECORDS = 300;

/** Goes on where the file ends, as a store that remembers the last batch would: the last one comes again. And so on. */
const WORKER = `
  import { readFileSync } from "node:fs";
  import { jsonLines, readJsonLines } from "./src/index.ts";
  const [from, to, isLast] = process.argv.slice(2);
  const records = JSON.parse(readFileSync(from, "utf8"));
  let had = 0;
  try {
    for await (const { record } of readJsonLines(to)) if (record) had = Math.max(had, record.seq);
  } catch {}
  process.stdout.write("ready");
  const sink = jsonLines(to, { fsync: false });
  for (let at = Math.max(0, had - 3); ; at += 3) {
    if (at >= records.length && isLast) break;
    at %= records.length;
    await sink.write(records.slice(at, at + 3));
  }
`;

test(`after ${KILLS} kills every record is there, and the chain is whole`, async () => {
  const place = folder();
  const worker = place.at("worker.mjs");
  await build({
    stdin: { contents: WORKER, resolveDir: fileURLToPath(new URL("..", import.meta.url)), loader: "ts" },
    conditions: ["agentpolicy-source"],
    bundle: true,
    format: "esm",
    platform: "node",
    outfile: worker,
  });
  const chain = chainOf(
    Array.from({ length: RECORDS }, (_, at) => ({ event: "refused", at, reason: "x".repeat(40_000) })),
  );
  const [from, to] = [place.at("records.json"), place.at("audit.jsonl")];
  writeFileSync(from, JSON.stringify(chain));
  const start = async (...more: string[]) => {
    const child = spawn(process.execPath, [worker, from, to, ...more], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    return child;
  };
  for (let kills = 0; kills < KILLS; kills++) {
    const child = await start();
    const gone = once(child, "exit");
    setTimeout(() => child.kill("SIGKILL"), Math.random() * 12);
    expect(await gone).toEqual([null, "SIGKILL"]);
  }
  const last = await start("last");
  expect(await once(last, "exit")).toEqual([0, null]);

  const report = await verifyChain(await recordsOf(to), { sha256, head: headOf(chain.at(-1)) });
  expect(report).toMatchObject({ ok: true, findings: [], records: RECORDS });
  expect((await linesOf(to)).filter(({ problem }) => problem === "foreign")).toEqual([]);
  place.remove();
});
