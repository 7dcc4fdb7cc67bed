import {
  appendFileSync,
  chmodSync,
  existsSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createAgentIAM, loggedMemory, verifyChain, withSinks } from "@agentpolicy/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chainOf, sha256 } from "../../../runtime/test/audit/support.ts";
import { policyOf, request } from "../../../runtime/test/guard/support.ts";
import { jsonLines } from "../src/index.ts";
import { folder, linesOf, recordsOf } from "./support.ts";

let place: ReturnType<typeof folder>;
beforeAll(() => {
  place = folder();
});
afterAll(() => place.remove());
let files = 0;
const fresh = () => place.at(`${++files}.jsonl`);

describe("a file of records", () => {
  test("has a line for each, is its owner's alone, and comes back as it went in", async () => {
    const path = fresh();
    const odd = "\u0000\ud800 \u2028\u2029\r\n \u{1f600} \"'\\ \u007f";
    const records = chainOf([
      { event: "refused", at: 1, reason: odd, figures: { n: 1e308, "a.b": 0.1 + 0.2 } },
      { event: "refused", at: 2, by: "ann" },
    ]);
    await jsonLines(path).write(records);
    expect(readFileSync(path, "utf8").split("\n")).toHaveLength(3);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await recordsOf(path)).toEqual(records);
    expect(await verifyChain(await recordsOf(path), { sha256 })).toMatchObject({ ok: true });
  });

  test("that is there keeps what is in it, and who may read it", async () => {
    const path = fresh();
    writeFileSync(path, '{"a":1}\n');
    chmodSync(path, 0o640);
    await jsonLines(path).write(chainOf(1));
    expect(await linesOf(path)).toMatchObject([
      { line: 1, problem: "foreign" },
      { line: 2, record: { seq: 1 } },
    ]);
    expect(statSync(path).mode & 0o777).toBe(0o640);
  });

  test("whose last line was cut off goes on with a new one, and says all of it again", async () => {
    const path = fresh();
    const chain = chainOf(3);
    const sink = jsonLines(path);
    await sink.write(chain.slice(0, 2));
    truncateSync(path, statSync(path).size - 40);
    await sink.write(chain.slice(1));
    expect(await linesOf(path)).toMatchObject([
      { line: 1, record: { seq: 1 } },
      { line: 2, problem: "torn" },
      { line: 3, record: { seq: 2 } },
      { line: 4, record: { seq: 3 } },
    ]);
    expect(await verifyChain(await recordsOf(path), { sha256 })).toMatchObject({ ok: true, records: 3 });
  });

  test("of which nothing but the end of the last line is missing has lost nothing", async () => {
    const path = fresh();
    const [one, other] = chainOf(2);
    appendFileSync(path, JSON.stringify(one));
    if (other) await jsonLines(path).write([other]);
    expect(await recordsOf(path)).toEqual([one, other]);
  });

  test("that is moved away is begun anew", async () => {
    const path = fresh();
    const chain = chainOf(4);
    const sink = jsonLines(path);
    await sink.write(chain.slice(0, 2));
    renameSync(path, `${path}.1`);
    await sink.write(chain.slice(2));
    expect((await recordsOf(`${path}.1`)).map(({ seq }) => seq)).toEqual([1, 2]);
    expect((await recordsOf(path)).map(({ seq }) => seq)).toEqual([3, 4]);
    truncateSync(path, 0);
    await sink.write(chain.slice(0, 1));
    expect((await recordsOf(path)).map(({ seq }) => seq)).toEqual([1]);
  });

  test("has batches in the order in which they came, also without waiting", async () => {
    const path = fresh();
    const chain = chainOf(200);
    const sink = jsonLines(path, { fsync: false });
    await Promise.all(chain.map((record) => sink.write([record])));
    expect(await recordsOf(path)).toEqual(chain);
  });

  test("that cannot be written rejects, and goes on once it can", async () => {
    const sink = jsonLines(place.at("no/such/folder.jsonl"));
    await expect(sink.write(chainOf(1))).rejects.toMatchObject({ code: "ENOENT" });
    await expect(jsonLines(place.path).write(chainOf(1))).rejects.toMatchObject({ code: "EISDIR" });
  });

  test.skipIf(!existsSync("/dev/full"))("on a full disk rejects", async () => {
    await expect(jsonLines("/dev/full").write(chainOf(1))).rejects.toMatchObject({ code: "ENOSPC" });
  });

  test("has a name of its own, or the one that it is given", () => {
    expect(jsonLines("/var/log/a.jsonl").name).toBe("jsonl:/var/log/a.jsonl");
    expect(jsonLines("a.jsonl").name).toBe(jsonLines(`${process.cwd()}/./a.jsonl`).name);
    expect(jsonLines("a.jsonl", { name: "mine" }).name).toBe("mine");
  });
});

describe("behind a guard", () => {
  test("the file has what the log has; where it cannot be written nothing runs", async () => {
    const path = fresh();
    const store = loggedMemory();
    let at = path;
    const sink = {
      name: "file",
      write: (records: Parameters<ReturnType<typeof jsonLines>["write"]>[0]) => jsonLines(at).write(records),
    };
    const sinking = withSinks(store, { sinks: [sink] });
    const iam = createAgentIAM({ policy: policyOf({ decide: () => ({}) }), store: sinking });
    await Promise.all(Array.from({ length: 20 }, () => iam.guard(request(), () => 0)));
    expect(await recordsOf(path)).toEqual(await store.log.read({}));
    at = place.path;
    expect(await iam.guard(request(), () => expect.fail("it ran"))).toMatchObject({
      executed: false,
      decision: { code: "state_unavailable" },
    });
    at = path;
    await sinking.flush();
    const records = await recordsOf(path);
    expect(await verifyChain(records, { sha256, head: await store.log.head() })).toMatchObject({
      ok: true,
      open: [],
    });
    expect(records.at(-1)).toMatchObject({ event: "failed" });
  });
});
