import { createAgentIAM, loggedMemory, withSinks } from "@agentpolicy/runtime";
import { trace } from "@opentelemetry/api";
import { logs, SeverityNumber } from "@opentelemetry/api-logs";
import { BatchLogRecordProcessor, LoggerProvider, type ReadableLogRecord } from "@opentelemetry/sdk-logs";
import { describe, expect, test } from "vitest";
import { policyOf, request } from "../../../runtime/test/guard/support.ts";
import { openTelemetry, watched } from "../src/index.ts";
import { decisionOf, recorder, THEN, telemetry } from "./support.ts";

describe("log records", () => {
  test("say by whom, on what and why, at the time when it happened", async () => {
    const { sink, logs } = telemetry();
    const [record] = recorder()({ event: "evaluated", call: "c", decision: decisionOf("deny") });
    if (record) await sink.write([record]);
    const [log] = await logs();
    expect(log).toMatchObject({
      eventName: "agentpolicy.evaluated",
      hrTime: [1_600_000_000, 123_000_000],
      severityNumber: SeverityNumber.WARN,
      severityText: "WARN",
      body: "bank.pay: deny by p.r",
    });
    expect(log?.attributes).toEqual({
      "agentpolicy.event": "evaluated",
      "agentpolicy.seq": 1,
      "agentpolicy.hash": record?.hash,
      "agentpolicy.call": "c",
      "agentpolicy.actor.type": "agent",
      "agentpolicy.actor.id": "bot",
      "gen_ai.agent.id": "bot",
      "gen_ai.tool.name": "bank.pay",
      "agentpolicy.decision": "deny",
      "agentpolicy.code": "rule",
      "agentpolicy.rules": ["p.r"],
      "agentpolicy.risk": "high",
      "agentpolicy.policy.name": "p",
      "agentpolicy.policy.version": "1.0",
      "agentpolicy.policy.hash": "abc",
    });
  });

  const all = recorder()(
    {
      event: "evaluated",
      call: "c",
      decision: decisionOf("allow"),
      request: request({ to: "secret-2" }) as never,
      figures: { "p.n": 3 },
    },
    { event: "failed", call: "c", error: "secret-3" },
    { event: "rejected", checkpoint: "k", by: "ann", reason: "secret-4" },
    { event: "granted", standing: ["s"], by: "ann", when: { "input.to": "secret-5" } as never, until: 9 },
  );

  test("hold no values of requests, unless they are asked for", async () => {
    const some = telemetry();
    await some.sink.write(all);
    expect(
      JSON.stringify((await some.logs()).map(({ attributes, body }) => [attributes, body])),
    ).not.toContain("secret");
    expect(
      JSON.stringify(
        (await some.spans()).map(({ attributes, status, events }) => [attributes, status, events]),
      ),
    ).not.toContain("secret");
    const more = telemetry({ requests: true });
    await more.sink.write(all);
    const attributes = (await more.logs()).map((log) => log.attributes);
    expect(attributes).toMatchObject([
      { "agentpolicy.reasons": ["because of secret-1"], "agentpolicy.figures": '{"p.n":3}' },
      { "agentpolicy.error": "secret-3" },
      { "agentpolicy.reason": "secret-4", "agentpolicy.by": "ann" },
      {
        "agentpolicy.when": '{"input.to":"secret-5"}',
        "agentpolicy.standing": ["s"],
        "agentpolicy.until": 9,
      },
    ]);
    expect(JSON.parse(String(attributes[0]?.["agentpolicy.request"]))).toMatchObject({
      action: { input: { to: "secret-2" } },
    });
  });

  test.each<[string, SeverityNumber, Parameters<ReturnType<typeof recorder>>[0]]>([
    ["bank.pay: allow by p.r", SeverityNumber.INFO, { event: "evaluated", decision: decisionOf("allow") }],
    [
      "bank.pay: deny (unknown_tool)",
      SeverityNumber.WARN,
      { event: "evaluated", decision: decisionOf("deny", { code: "unknown_tool", rules: [] }) },
    ],
    [
      "bank.pay: deny (policy_unavailable)",
      SeverityNumber.ERROR,
      { event: "evaluated", decision: decisionOf("deny", { code: "policy_unavailable", rules: [] }) },
    ],
    ["bank.pay: executed", SeverityNumber.INFO, { event: "executed" }],
    ["bank.pay: failed", SeverityNumber.ERROR, { event: "failed" }],
    ["bank.pay: refused (own_call)", SeverityNumber.WARN, { event: "refused", refused: "own_call" }],
    ["bank.pay: expired", SeverityNumber.WARN, { event: "expired" }],
    ["bank.pay: approved", SeverityNumber.INFO, { event: "approved" }],
    [
      "refused",
      SeverityNumber.WARN,
      { event: "refused", tool: { odd: 1 } as never, actor: { id: 7 } as never },
    ],
  ])("%s", async (body, severityNumber, note) => {
    const { sink, logs } = telemetry();
    await sink.write(recorder()(note));
    expect(await logs()).toMatchObject([{ body, severityNumber }]);
  });

  test("are made once, however often records come again", async () => {
    const { sink, logs } = telemetry();
    await sink.write(all.slice(0, 2));
    await sink.write(all);
    expect((await logs()).map(({ attributes }) => attributes["agentpolicy.seq"])).toEqual([1, 2, 3, 4]);
  });

  test("may be left out", async () => {
    const { sink, logs, spans } = telemetry({ logger: null });
    await sink.write(all);
    expect(await logs()).toEqual([]);
    expect(await spans()).toHaveLength(2);
  });

  test("a time that is none is the first of all", async () => {
    const { sink, logs } = telemetry();
    await sink.write(recorder()({ event: "executed", at: Number.NaN }));
    expect((await logs())[0]?.hrTime).toEqual([0, 0]);
  });
});

describe("a sink", () => {
  test("takes nothing while no SDK is set up, so that no guard lets anything run unseen", async () => {
    const store = withSinks(loggedMemory(), { sinks: [openTelemetry()] });
    const iam = createAgentIAM({ policy: policyOf({ decide: () => ({}) }), store });
    const result = await iam.guard(request(), () => expect.fail("it ran"));
    expect(result).toMatchObject({ executed: false, decision: { code: "state_unavailable" } });
    await expect(store.flush()).rejects.toThrow("no OpenTelemetry SDK for logs is set up");
  });

  test("finds what the host sets up, also after it was made", async () => {
    const { loggers, tracers, logs: logged, spans } = telemetry();
    const sink = openTelemetry();
    logs.setGlobalLoggerProvider(loggers);
    trace.setGlobalTracerProvider(tracers);
    try {
      await sink.write(recorder()({ event: "executed", call: "c" }));
      expect(await logged()).toHaveLength(1);
      expect(await spans()).toHaveLength(1);
    } finally {
      logs.disable();
      trace.disable();
    }
  });

  test("takes a batch when the SDK has passed it on, where it is told how to see to that", async () => {
    let isDown = true;
    const exported: ReadableLogRecord[] = [];
    const { exporter, check } = watched<ReadableLogRecord[]>({
      export: (records, done) => {
        if (!isDown) exported.push(...records);
        done(isDown ? { code: 1, error: new Error("collector is down") } : { code: 0 });
      },
      shutdown: async () => {},
    });
    const provider = new LoggerProvider({ processors: [new BatchLogRecordProcessor({ exporter })] });
    const sink = openTelemetry({
      tracer: null,
      logger: provider.getLogger("t"),
      flush: async () => {
        await provider.forceFlush();
        check();
      },
    });
    const records = recorder()({ event: "executed", call: "c" }, { event: "executed", call: "d" });
    await expect(sink.write(records)).rejects.toThrow("collector is down");
    isDown = false;
    await sink.write(records);
    await sink.write(records);
    expect(exported.map(({ attributes }) => attributes["agentpolicy.call"])).toEqual(["c", "d"]);
  });

  test("has a name", () => {
    expect([openTelemetry().name, openTelemetry({ name: "mine" }).name]).toEqual(["opentelemetry", "mine"]);
  });

  test("behind a guard has all that the log has", async () => {
    const { sink, logs, spans } = telemetry();
    const store = loggedMemory();
    const iam = createAgentIAM({
      policy: policyOf({ decide: () => ({}) }),
      store: withSinks(store, { sinks: [sink] }),
      clock: () => THEN,
    });
    await Promise.all(Array.from({ length: 5 }, () => iam.guard(request(), () => 0)));
    expect(await logs()).toHaveLength(10);
    expect((await spans()).map(({ name }) => name)).toEqual(Array(5).fill("execute_tool t"));
  });
});
