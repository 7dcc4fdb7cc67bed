import type {
  AuditFacts,
  CheckpointRecord,
  KeyedTrack,
  Request,
  StandingRecord,
  TrackEntry,
} from "@agentpolicy/runtime";

export const requestOf = (more: Partial<Request> = {}): Request => ({
  actor: { type: "agent", id: "bot" },
  action: { name: "t", input: {} },
  ...more,
});

/** A checkpoint's record, as guards make it. */
export const recordOf = (id: string, more: Partial<CheckpointRecord> = {}): CheckpointRecord => ({
  kind: "checkpoint",
  id,
  revision: 0,
  state: "pending",
  actor: more.request?.actor.id ?? "bot",
  call: "call-1",
  request: requestOf(),
  decision: {
    decision: "approval_required",
    code: "rule",
    rules: ["p.r"],
    reasons: [],
    risk: "medium",
    requirements: [],
    approval: { approvers: [{ rule: "p.r", from: [], approvals: 1 }], within: 1000 },
    policy: { name: "p", version: null, hash: "h" },
  },
  masks: [],
  createdAt: 1000,
  changedAt: 1000,
  expiresAt: 2000,
  approvals: [],
  ...more,
});

/** A standing approval's record. */
export const standingOf = (id: string, more: Partial<StandingRecord> = {}): StandingRecord => ({
  kind: "standing",
  id,
  revision: 0,
  state: "granted",
  actor: "bot",
  actorType: "agent",
  tool: "t",
  when: {},
  masks: [],
  approval: { by: "ann", roles: ["lead"], at: 1000 },
  changedAt: 1000,
  expiresAt: 2000,
  ...more,
});

export const factsOf = (more: Partial<AuditFacts> = {}): AuditFacts => ({
  event: "executed",
  at: 1000,
  call: "call-1",
  request: requestOf(),
  masks: [],
  ...more,
});

export const trackOf = (more: Partial<KeyedTrack> = {}): KeyedTrack => ({
  id: "p.n",
  key: '["p.n"]',
  figure: "sum",
  per: "policy",
  within: null,
  ...more,
});

export const entryOf = (track: KeyedTrack, at: number, amount: number, call = "c"): TrackEntry => ({
  ...track,
  at,
  amount,
  call,
});

/** What a judgement gives to be kept. */
export const tracked = (entries: readonly TrackEntry[], more: Partial<AuditFacts> = {}) => ({
  entries,
  facts: factsOf({ event: "evaluated", ...more }),
});
