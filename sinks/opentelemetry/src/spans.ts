import type { AuditEvent, AuditRecord } from "@agentpolicy/runtime";
import { type Attributes, type Link, SpanKind, SpanStatusCode, type Tracer } from "@opentelemetry/api";
import { attributesOf } from "./attributes.ts";
import { timeOf } from "./times.ts";
import { traceOf, within } from "./traces.ts";

/** How many calls and checkpoints are remembered until they end; the oldest are forgotten first. */
const KEPT = 10_000;

const CHECKPOINT_ENDS: readonly AuditEvent[] = ["consumed", "rejected", "expired", "cancelled"];

/**
 * Makes spans of records: `execute_tool TOOL` from a call's judgement to its outcome, `checkpoint TOOL` from its pause to its
 * end, with what people did as its events. A span whose beginning another process delivered, or one before a restart, is as
 * long as its end and says so (`agentpolicy.start_unknown`). Source of names: OpenTelemetry's semantic conventions for
 * generative AI, `execute_tool` spans.
 */
export function spansBy(tracer: Tracer, requests: boolean) {
  const calls = bounded<AuditRecord>();
  const checkpoints = bounded<AuditRecord[]>();

  function make(
    kind: "call" | "checkpoint",
    id: string,
    records: readonly AuditRecord[],
    end: AuditRecord,
    attributes: Attributes,
    links: readonly Link[],
  ) {
    const [start] = records;
    const { tool } = end;
    const name = kind === "call" ? "execute_tool" : "checkpoint";
    const options = {
      kind: SpanKind.INTERNAL,
      startTime: timeOf(Math.min(start?.at ?? end.at, end.at)),
      attributes: {
        ...(start && attributesOf(start, requests)),
        ...attributes,
        ...(!start && { ...attributesOf(end, requests), "agentpolicy.start_unknown": true }),
      },
      links: [...links],
    };
    return tracer.startSpan(
      typeof tool === "string" ? `${name} ${tool}` : name,
      options,
      within(traceOf(kind, id)),
    );
  }

  function endCall(call: string, end: AuditRecord): void {
    const start = calls.take(call);
    const { checkpoint, event, error } = end;
    const links = checkpoint === undefined ? [] : [{ context: traceOf("checkpoint", checkpoint) }];
    const hasFailed = event === "failed";
    const attributes = {
      "gen_ai.operation.name": "execute_tool",
      // What was thrown may hold anything; that something was is all that is said.
      ...(hasFailed && { "error.type": "_OTHER" }),
    };
    const span = make("call", call, start ? [start] : [], end, attributes, links);
    if (hasFailed)
      span.setStatus({
        code: SpanStatusCode.ERROR,
        ...(requests && error !== undefined && { message: error }),
      });
    span.end(timeOf(end.at));
  }

  function endCheckpoint(checkpoint: string, end: AuditRecord): void {
    const records = checkpoints.take(checkpoint) ?? [];
    const asking = records[0]?.call;
    const links = asking === undefined ? [] : [{ context: traceOf("call", asking) }];
    const span = make("checkpoint", checkpoint, records, end, { "agentpolicy.outcome": end.event }, links);
    for (const record of records.slice(1))
      span.addEvent(record.event, attributesOf(record, requests), timeOf(record.at));
    span.end(timeOf(end.at));
  }

  return {
    add(record: AuditRecord): void {
      const { event, call, checkpoint } = record;
      if (checkpoint !== undefined) {
        if (event === "paused") checkpoints.put(checkpoint, [record]);
        else if (event === "approved" || event === "answered") checkpoints.get(checkpoint)?.push(record);
        else if (CHECKPOINT_ENDS.includes(event)) endCheckpoint(checkpoint, record);
      }
      if (call === undefined) return;
      if (event === "evaluated" && record.decision?.decision !== "deny") calls.put(call, record);
      else if (event === "executed" || event === "failed") endCall(call, record);
      else if (event === "paused") calls.take(call);
    },
  };
}

/** What is remembered under an id, the last so many. */
function bounded<T>() {
  const kept = new Map<string, T>();
  return {
    get: (id: string): T | undefined => kept.get(id),
    put(id: string, value: T): void {
      kept.set(id, value);
      const [oldest] = kept.keys();
      if (kept.size > KEPT) kept.delete(oldest as string);
    },
    take(id: string): T | undefined {
      const value = kept.get(id);
      kept.delete(id);
      return value;
    },
  };
}
