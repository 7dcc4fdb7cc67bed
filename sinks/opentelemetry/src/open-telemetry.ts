import type { AuditSink } from "@agentpolicy/runtime";
import { type Tracer, trace } from "@opentelemetry/api";
import { type Logger, logs, SeverityNumber } from "@opentelemetry/api-logs";
import { logRecordOf } from "./logs.ts";
import { spansBy } from "./spans.ts";

export interface OpenTelemetryOptions {
  /** For spans; the one that is registered globally, where absent. `null`: no spans. */
  readonly tracer?: Tracer | null;
  /** For log records; the one that is registered globally, where absent. `null`: no log records. */
  readonly logger?: Logger | null;
  /**
   * Whether attributes hold what was asked, too: requests (masked values as `•••`), figures, reasons and errors. Only names,
   * ids and effects, where absent.
   */
  readonly requests?: boolean;
  /** By which the store remembers what the sink has had; `opentelemetry` where absent. */
  readonly name?: string;
  /**
   * A batch counts as taken once this has resolved; once the SDK has been handed it, where absent. Flushing alone does not
   * say whether anything was exported: see `watched`.
   */
  readonly flush?: () => Promise<void>;
}

const SCOPE = "@agentpolicy/sink-opentelemetry";

/**
 * A sink that makes a log record of each record, a span of each call that was let run, and one of each checkpoint. What the SDK
 * does with them later is its own: give `flush` where that matters. It takes nothing while no SDK for logs is set up.
 */
export function openTelemetry(options: OpenTelemetryOptions = {}): AuditSink {
  const { requests = false, name = "opentelemetry", flush } = options;
  const tracer = options.tracer === undefined ? trace.getTracer(SCOPE) : options.tracer;
  const logger = options.logger === undefined ? logs.getLogger(SCOPE) : options.logger;
  const spans = tracer && spansBy(tracer, requests);
  /** What was handed over before is not made into anything again, unless it was lost. */
  let last = 0;
  return {
    name,
    async write(records) {
      // Without an SDK the API takes everything and keeps nothing.
      if (logger?.enabled?.({ severityNumber: SeverityNumber.ERROR }) === false)
        throw new Error("no OpenTelemetry SDK for logs is set up, or it is switched off");
      const before = last;
      for (const record of records) {
        if (record.seq <= last) continue;
        logger?.emit(logRecordOf(record, requests));
        spans?.add(record);
        last = record.seq;
      }
      try {
        await flush?.();
      } catch (error) {
        // What an SDK could not export it may have dropped.
        last = before;
        throw error;
      }
    },
  };
}
