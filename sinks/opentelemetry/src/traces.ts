import { createHash } from "node:crypto";
import { type Context, ROOT_CONTEXT, type SpanContext, TraceFlags, trace } from "@opentelemetry/api";

/**
 * The trace of a call or of a checkpoint, made from its id: so whoever delivers a record, in whatever process, puts it where
 * the others of the same call are. The span that it names stands for the call or checkpoint itself; it is never exported.
 */
export function traceOf(kind: "call" | "checkpoint", id: string): SpanContext {
  const digest = createHash("sha256").update(`agentpolicy ${kind} ${id}`).digest("hex");
  return {
    traceId: digest.slice(0, 32),
    spanId: digest.slice(32, 48),
    traceFlags: TraceFlags.SAMPLED,
    isRemote: true,
  };
}

export const within = (span: SpanContext): Context => trace.setSpanContext(ROOT_CONTEXT, span);
