import type { AuditRecord } from "@agentpolicy/runtime";
import { SpanStatusCode } from "@opentelemetry/api";
import {
  AlwaysOffSampler,
  BasicTracerProvider,
  InMemorySpanExporter,
  ParentBasedSampler,
  SimpleSpanProcessor,
  TraceIdRatioBasedSampler,
} from "@opentelemetry/sdk-trace-base";
import { describe, expect, test } from "vitest";
import { openTelemetry } from "../src/index.ts";
import { decisionOf, recorder, THEN, telemetry } from "./support.ts";

const millis = ([seconds, nanos]: readonly [number, number]) => seconds * 1000 + nanos / 1e6;

async function spansOf(records: readonly AuditRecord[], options = {}) {
  const { sink, spans, logs } = telemetry(options);
  await sink.write(records);
  return { spans: await spans(), logs: await logs() };
}

describe("spans", () => {
  test("last from a call's judgement to its outcome, in one trace with its log records", async () => {
    const { spans, logs } = await spansOf(
      recorder()(
        { event: "evaluated", call: "c", decision: decisionOf("allow") },
        { event: "executed", call: "c", at: THEN + 250 },
      ),
    );
    expect(spans).toHaveLength(1);
    const [span] = spans;
    expect(span).toMatchObject({
      name: "execute_tool bank.pay",
      status: { code: SpanStatusCode.UNSET },
      attributes: {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": "bank.pay",
        "agentpolicy.decision": "allow",
        "agentpolicy.call": "c",
      },
    });
    expect([span?.startTime, span?.endTime].map((time) => millis(time ?? [0, 0]))).toEqual([
      THEN,
      THEN + 250,
    ]);
    const traces = [span?.spanContext().traceId, ...logs.map(({ spanContext }) => spanContext?.traceId)];
    expect(new Set(traces).size).toBe(1);
    expect(span?.parentSpanContext?.spanId).toBe(logs[0]?.spanContext?.spanId);
  });

  test("of calls that failed say so, and what was thrown only where that is asked for", async () => {
    const records = recorder()(
      { event: "evaluated", call: "c", decision: decisionOf("allow") },
      { event: "failed", call: "c", error: "no room" },
    );
    const [span] = (await spansOf(records)).spans;
    expect(span).toMatchObject({
      status: { code: SpanStatusCode.ERROR },
      attributes: { "error.type": "_OTHER" },
    });
    expect(span?.status.message).toBeUndefined();
    expect((await spansOf(records, { requests: true })).spans[0]?.status.message).toBe("no room");
  });

  test("are none for calls that were denied, and for those that wait", async () => {
    const { spans } = await spansOf(
      recorder()(
        { event: "evaluated", call: "c", decision: decisionOf("deny") },
        { event: "evaluated", call: "d", decision: decisionOf("approval_required") },
        { event: "paused", call: "d", checkpoint: "k" },
      ),
    );
    expect(spans).toEqual([]);
  });

  const life = () =>
    recorder()(
      { event: "evaluated", call: "c1", decision: decisionOf("approval_required") },
      { event: "paused", call: "c1", checkpoint: "k", at: THEN + 10 },
      { event: "approved", call: "c1", checkpoint: "k", by: "ann", at: THEN + 5000 },
      {
        event: "evaluated",
        call: "c2",
        checkpoint: "k",
        decision: decisionOf("approval_required"),
        at: THEN + 6000,
      },
      { event: "consumed", call: "c2", checkpoint: "k", at: THEN + 6001 },
      { event: "executed", call: "c2", checkpoint: "k", at: THEN + 6100 },
    );

  test("of checkpoints are the wait, with what people did; the calls are linked", async () => {
    const { spans } = await spansOf(life());
    expect(spans.map(({ name }) => name)).toEqual(["checkpoint bank.pay", "execute_tool bank.pay"]);
    const [wait, call] = spans;
    expect(wait?.attributes).toMatchObject({
      "agentpolicy.checkpoint": "k",
      "agentpolicy.outcome": "consumed",
    });
    expect([wait?.startTime, wait?.endTime].map((time) => millis(time ?? [0, 0]))).toEqual([
      THEN + 10,
      THEN + 6001,
    ]);
    expect(wait?.events).toMatchObject([{ name: "approved", attributes: { "agentpolicy.by": "ann" } }]);
    expect(call?.links[0]?.context.traceId).toBe(wait?.spanContext().traceId);
    expect(wait?.links[0]?.context.traceId).not.toBe(call?.spanContext().traceId);
    expect(wait?.links).toHaveLength(1);
  });

  test("are in the same traces, whichever process delivers which record", async () => {
    const records = life();
    const together = (await spansOf(records)).spans;
    const [one, other] = [telemetry(), telemetry()];
    await one.sink.write(records.slice(0, 3));
    await other.sink.write(records.slice(3));
    const apart = [...(await one.spans()), ...(await other.spans())];
    expect(apart.map((span) => span.spanContext().traceId)).toEqual(
      together.map((span) => span.spanContext().traceId),
    );
    // Its beginning was delivered by somebody else.
    expect(apart[0]?.attributes).toMatchObject({
      "agentpolicy.start_unknown": true,
      "agentpolicy.checkpoint": "k",
    });
    expect(apart[0]?.duration).toEqual([0, 0]);
    expect(apart[1]?.attributes).not.toHaveProperty(["agentpolicy.start_unknown"]);
  });

  test("never end before they begin, whatever the clocks say", async () => {
    const { spans } = await spansOf(
      recorder()(
        { event: "evaluated", call: "c", decision: decisionOf("allow"), at: THEN + 100 },
        { event: "executed", call: "c", at: THEN },
      ),
    );
    expect(spans[0]?.duration).toEqual([0, 0]);
  });

  test.each(["rejected", "expired", "cancelled"] as const)(
    "of a checkpoint that was %s end there",
    async (event) => {
      const { spans } = await spansOf(
        recorder()(
          { event: "paused", call: "c", checkpoint: "k" },
          { event, call: "c", checkpoint: "k", at: THEN + 7 },
        ),
      );
      expect(spans).toMatchObject([
        { name: "checkpoint bank.pay", attributes: { "agentpolicy.outcome": event } },
      ]);
    },
  );

  test("are sampled whole, and alike in all processes", async () => {
    const make = recorder();
    const records = Array.from({ length: 100 }, (_, at) =>
      make({ event: "evaluated", call: `c${at}` }, { event: "executed", call: `c${at}` }),
    ).flat();
    const kept = async () => {
      const exporter = new InMemorySpanExporter();
      const sampler = new ParentBasedSampler({
        root: new AlwaysOffSampler(),
        remoteParentSampled: new TraceIdRatioBasedSampler(0.5),
      });
      const provider = new BasicTracerProvider({
        sampler,
        spanProcessors: [new SimpleSpanProcessor(exporter)],
      });
      await openTelemetry({ tracer: provider.getTracer("t"), logger: null }).write(records);
      await provider.forceFlush();
      return exporter.getFinishedSpans().map(({ attributes }) => attributes["agentpolicy.call"]);
    };
    const [one, other] = [await kept(), await kept()];
    expect(one).toEqual(other);
    expect(one.length).toBeGreaterThan(20);
    expect(one.length).toBeLessThan(80);
  });

  test("may be left out", async () => {
    const { spans, logs } = await spansOf(life(), { tracer: null });
    expect([spans.length, logs.length]).toEqual([0, 6]);
  });

  test("remember no more calls than they need to", async () => {
    const { sink, spans } = telemetry({ logger: null });
    const make = recorder();
    const calls = Array.from({ length: 10_001 }, (_, at) => `c${at}`);
    await sink.write(
      make(...calls.map((call) => ({ event: "evaluated", call, decision: decisionOf("allow") }) as const)),
    );
    await sink.write(make({ event: "executed", call: "c0" }, { event: "executed", call: "c10000" }));
    expect((await spans()).map(({ attributes }) => attributes["agentpolicy.start_unknown"])).toEqual([
      true,
      undefined,
    ]);
  });
});
