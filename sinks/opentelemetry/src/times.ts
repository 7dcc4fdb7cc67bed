import type { HrTime } from "@opentelemetry/api";

/**
 * Epoch milliseconds as OpenTelemetry's pair of seconds and nanoseconds. A plain number will not do: SDKs take one that is
 * earlier than the process for time since its start, and records may be older than the process that delivers them.
 */
export const timeOf = (at: number): HrTime =>
  Number.isFinite(at)
    ? [Math.floor(at / 1000), Math.round((at - Math.floor(at / 1000) * 1000) * 1e6)]
    : [0, 0];
