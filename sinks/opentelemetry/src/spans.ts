import type { AuditEvent, AuditRecord } from "@agentpolicy/runtime";
import {
  type Attributes,
  type Link,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
} from "@opentelemetry/api";
import { attributesOf } from "./attributes.ts";
import { timeOf } from "./times.ts";
import { traceOf, within } from "./traces.ts";

/** How many calls and checkpoints are remembered until they end; the oldest are forgotten first. */
const KEPT = 10_000;

const CHECKPOINT_ENDS: readonly AuditEvent[] = ["consumed", "rejected", "expired", "cancelled"];

/** What a span is of. */
interface Spanned {
  readonly kind: "call" | "checkpoint";
  readonly id: string;
  /** The record that begins it, where this process has delivered it. */
  readonly start: AuditRecord | undefined;
  readonly end: AuditRecord;
  readonly attributes: Attributes;
  readonly links: readonly Link[];
}

const NAMES = { call: "execute_tool", checkpoint: "checkpoint" };

function begin(tracer: Tracer, requests: boolean, spanned: Spanned): Span {
  const { kind, id, start, end, attributes, links } = spanned;
  const { tool } = end;
  const known = { ...attributesOf(start ?? end, requests), ...attributes };
  const options = {
    kind: SpanKind.INTERNAL,
    startTime: timeOf(Math.min(start?.at ?? end.at, end.at)),
    attributes: start ? known : { ...known, "agentpolicy.start_unknown": true },
    links: [...links],
  };
  const name = typeof tool === "string" ? `${NAMES[kind]} ${tool}` : NAMES[kind];
  return tracer.startSpan(name, options, within(traceOf(kind, id)));
}

/**
 * Makes spans of records: `execute_tool TOOL` from a call's judgement to its outcome, `checkpoint TOOL` from its pause to its
 * end, with what people did as its events. A span whose beginning another process delivered, or one before a restart, is as
 * long as its end and says so (`agentpolicy.start_unknown`). Source of names: OpenTelemetry's semantic conventions for
 * generative AI, `execute_tool` spans.
 */
export function spansBy(tracer: Tracer, requests: boolean) {
  const calls = bounded<AuditRecord>();
  const checkpoints = bounded<AuditRecord[]>();

  function endCall(id: string, end: AuditRecord): void {
    const { checkpoint, event, error } = end;
    const hasFailed = event === "failed";
    const span = begin(tracer, requests, {
      ...{ kind: "call", id, start: calls.take(id), end },
      // What was thrown may hold anything; that something was is all that is said.
      attributes: { "gen_ai.operation.name": "execute_tool", ...(hasFailed && { "error.type": "_OTHER" }) },
      links: linksTo("checkpoint", checkpoint),
    });
    if (hasFailed)
      span.setStatus({
        code: SpanStatusCode.ERROR,
        ...(requests && error !== undefined && { message: error }),
      });
    span.end(timeOf(end.at));
  }

  function endCheckpoint(id: string, end: AuditRecord): void {
    const [start, ...changes] = checkpoints.take(id) ?? [];
    const span = begin(tracer, requests, {
      ...{ kind: "checkpoint", id, start, end },
      attributes: { "agentpolicy.outcome": end.event },
      links: linksTo("call", start?.call),
    });
    for (const record of changes)
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

const linksTo = (kind: Spanned["kind"], id: string | undefined): readonly Link[] =>
  id === undefined ? [] : [{ context: traceOf(kind, id) }];

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
