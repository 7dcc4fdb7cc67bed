import type { AuditRecord } from "@agentpolicy/runtime";
import { ROOT_CONTEXT } from "@opentelemetry/api";
import { type LogRecord, SeverityNumber } from "@opentelemetry/api-logs";
import { attributesOf } from "./attributes.ts";
import { timeOf } from "./times.ts";
import { traceOf, within } from "./traces.ts";

/** A record as a log record, in the trace of its call or else of its checkpoint. */
export function logRecordOf(record: AuditRecord, requests: boolean): LogRecord {
  const { event, at, call, checkpoint } = record;
  const severityNumber = severityOf(record);
  return {
    eventName: `agentpolicy.${event}`,
    timestamp: timeOf(at),
    severityNumber,
    severityText: SeverityNumber[severityNumber],
    body: textOf(record),
    attributes: attributesOf(record, requests),
    // Never the context of whoever happens to deliver.
    context:
      call !== undefined
        ? within(traceOf("call", call))
        : checkpoint !== undefined
          ? within(traceOf("checkpoint", checkpoint))
          : ROOT_CONTEXT,
  };
}

/** ERROR: something failed, a policy or a store for one. WARN: somebody was told no. INFO: everything else. */
function severityOf({ event, decision }: AuditRecord): SeverityNumber {
  if (event === "failed" || /_unavailable$/.test(decision?.code ?? "")) return SeverityNumber.ERROR;
  const isNo =
    event === "refused" || event === "rejected" || event === "expired" || decision?.decision === "deny";
  return isNo ? SeverityNumber.WARN : SeverityNumber.INFO;
}

/** A line for people: names only. */
function textOf({ event, tool, decision, refused }: AuditRecord): string {
  const what =
    event === "evaluated" && decision
      ? [
          decision.decision,
          decision.rules.length > 0 ? `by ${decision.rules.join(", ")}` : `(${decision.code})`,
        ]
      : [event, refused && `(${refused})`];
  return [typeof tool === "string" ? `${tool}:` : "", ...what].filter(Boolean).join(" ");
}
