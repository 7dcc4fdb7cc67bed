import type { AuditEvent } from "@agentpolicy/runtime";

const ALL: Readonly<Record<AuditEvent, true>> = {
  evaluated: true,
  executed: true,
  failed: true,
  paused: true,
  approved: true,
  rejected: true,
  answered: true,
  consumed: true,
  expired: true,
  cancelled: true,
  refused: true,
  granted: true,
  revoked: true,
};

/** Everything that a log can have records of. */
export const EVENTS = Object.keys(ALL) as readonly AuditEvent[];
