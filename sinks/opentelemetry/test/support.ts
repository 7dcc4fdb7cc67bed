import type { AuditNote, AuditRecord } from "@agentpolicy/runtime";
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { chainOf, headOf } from "../../../runtime/test/audit/support.ts";
import { type OpenTelemetryOptions, openTelemetry } from "../src/index.ts";

/** The real SDKs, exporting to memory, and a sink over them. */
export function telemetry(options: OpenTelemetryOptions = {}) {
  const spans = new InMemorySpanExporter();
  const logs = new InMemoryLogRecordExporter();
  const tracers = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
  const loggers = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter: logs })] });
  const sink = openTelemetry({ tracer: tracers.getTracer("t"), logger: loggers.getLogger("t"), ...options });
  const flush = async () => {
    await tracers.forceFlush();
    await loggers.forceFlush();
  };
  return {
    sink,
    tracers,
    loggers,
    logs: async () => {
      await flush();
      return logs.getFinishedLogRecords();
    },
    spans: async () => {
      await flush();
      return spans.getFinishedSpans();
    },
  };
}

/** Long before this process began. */
export const THEN = 1_600_000_000_123;

/** Records of one chain, written down in several goes. */
export function recorder() {
  let last: AuditRecord | undefined;
  return (...notes: (Partial<AuditNote> & Pick<AuditNote, "event">)[]): AuditRecord[] => {
    const made = chainOf(
      notes.map((note) => ({ at: THEN, actor: { type: "agent", id: "bot" }, tool: "bank.pay", ...note })),
      last ? headOf(last) : undefined,
    );
    last = made.at(-1) ?? last;
    return made;
  };
}

const policy = { name: "p", version: "1.0", hash: "abc" };
export const decisionOf = (decision: string, more: object = {}) =>
  ({
    decision,
    code: "rule",
    rules: ["p.r"],
    reasons: ["because of secret-1"],
    risk: "high",
    requirements: [],
    policy,
    ...more,
  }) as AuditNote["decision"] & object;
