import type { CheckpointRecord, KeyedTrack, TrackEntry } from "@agentpolicy/runtime";

/** A checkpoint's record, as guards make it. */
export const recordOf = (id: string, more: Partial<CheckpointRecord> = {}): CheckpointRecord => ({
  id,
  revision: 0,
  state: "pending",
  request: { actor: { type: "agent", id: "bot" }, action: { name: "t", input: {} } },
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
  expiresAt: 2000,
  approvals: [],
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
