import type { Misfit } from "../abi/decision.ts";
import type { Policy } from "../abi/policy.ts";
import type { Actor } from "../abi/request.ts";
import { freeze } from "../artifact/decisions.ts";
import type { AuditFacts } from "../audit/record.ts";
import { type Approver, type Authenticate, authenticated, isOf } from "../checkpoints/approver.ts";
import { type DeskOptions, deskOf } from "../guard/desk.ts";
import type { Approval, RecordFilter } from "../guard/store.ts";
import { checkedConditions } from "./check.ts";
import type { Conditions, StandingRecord } from "./record.ts";

/** What somebody approves ahead: this actor's calls to this tool where all conditions hold, until then. */
export interface Grant {
  readonly actor: Pick<Actor, "type" | "id">;
  /** The tool's whole name, exactly. */
  readonly tool: string;
  /** By request path: `{ "input.to": "acct-9", "input.amount": { lte: 500 } }`. None: whatever the arguments are. */
  readonly when?: Conditions;
  /** Epoch milliseconds, later than now. */
  readonly until: number;
  readonly reason?: string;
}

/** An approval given ahead, as people are shown it. All times are epoch milliseconds. */
export interface Standing {
  readonly id: string;
  readonly state: "granted" | "revoked" | "expired";
  readonly actor: Pick<Actor, "type" | "id">;
  readonly tool: string;
  readonly when: Conditions;
  readonly until: number;
  /** Who granted it, when and with which words. */
  readonly approval: Approval;
  /** Who revoked it, if somebody did. */
  readonly revoked?: Approval;
}

/** Why nothing was granted or revoked. `invalid`: `misfit` says what does not fit. */
export type StandingRefusal =
  | "not_authenticated"
  | "own_call"
  | "invalid"
  | "unknown"
  | "revoked"
  | "unavailable";

export type StandingChanged =
  | { readonly ok: true; readonly refused?: undefined; readonly standing: Standing }
  | {
      readonly ok: false;
      readonly refused: StandingRefusal;
      readonly standing?: Standing;
      readonly misfit?: Misfit;
    };

export interface StandingOptions<Who> extends DeskOptions {
  readonly authenticate: Authenticate<Who>;
  /** The policy whose masks say which values of conditions the log may not show; without it, it shows none. */
  readonly policy?: Pick<Policy, "masks">;
}

/**
 * Approvals given ahead, for people and their tools. Guards heed them where they are made with `standing:
 * standingApprovals`. Each change and each refusal is in the store's log. `get` and `list` reject where the store does
 * not answer; nothing else throws.
 */
export interface StandingApprovals<Who> {
  grant(grant: Grant, who: Who): Promise<StandingChanged>;
  /** Anybody whom the host knows may revoke. */
  revoke(id: string, who: Who, reason?: string): Promise<StandingChanged>;
  get(id: string): Promise<Standing | undefined>;
  /** Oldest first. */
  list(filter?: Omit<RecordFilter, "overdue">): Promise<readonly Standing[]>;
}

/** Opens the standing approvals of a store. */
export function createStandingApprovals<Who>(options: StandingOptions<Who>): StandingApprovals<Who> {
  const desk = deskOf(options);
  const { store, ask, keep, clock } = desk;
  const { authenticate, policy } = options;
  const shown = (record: StandingRecord) => view(record, clock());

  const refuse = async (
    refused: StandingRefusal,
    facts: Partial<AuditFacts>,
    more?: { readonly misfit?: Misfit; readonly standing?: Standing },
  ): Promise<StandingChanged> => {
    await keep({ event: "refused", refused, ...facts }).catch(() => {});
    return { ok: false, refused, ...more };
  };
  const orUnavailable = (changing: Promise<StandingChanged>): Promise<StandingChanged> =>
    changing.catch(() => ({ ok: false, refused: "unavailable" }));

  const grant = async (given: Grant, who: Who): Promise<StandingChanged> => {
    const approver = await authenticated(authenticate, who);
    if (!approver) return refuse("not_authenticated", {});
    const made = recordFrom(given, approver, `std_${desk.id()}`, clock(), policy);
    const people = { by: approver.id, roles: approver.roles };
    if ("misfit" in made) return refuse("invalid", people, made);
    const actor = { type: made.actorType, id: made.actor };
    if (isOf(actor, approver.id)) return refuse("own_call", { ...people, actor, tool: made.tool });
    if (!(await ask(store.put(made)))) throw made;
    return { ok: true, standing: shown(made) };
  };

  const revoke = async (id: string, who: Who, reason?: string): Promise<StandingChanged> => {
    const approver = await authenticated(authenticate, who);
    if (!approver) return refuse("not_authenticated", { standing: [id] });
    const { id: by, roles } = approver;
    for (;;) {
      const record = await ask(store.read("standing", id));
      const note = { standing: [id], by, roles };
      if (!record) return refuse("unknown", note);
      if (record.state === "revoked") return refuse("revoked", note, { standing: shown(record) });
      const at = clock();
      const next: StandingRecord = {
        ...record,
        revision: record.revision + 1,
        state: "revoked",
        changedAt: at,
        revoked: { by, roles, at, ...(reason !== undefined && { reason }) },
      };
      if (await ask(store.put(next))) return { ok: true, standing: shown(next) };
    }
  };

  return {
    grant: (given, who) => orUnavailable(grant(given, who)),
    revoke: (id, who, reason) => orUnavailable(revoke(id, who, reason)),
    async get(id) {
      const record = await ask(store.read("standing", id));
      return record && shown(record);
    },
    list: async (filter = {}) => (await ask(store.list("standing", filter))).map(shown),
  };
}

/** What is kept of a grant, or what is wrong with it. */
function recordFrom(
  given: Grant,
  { id: by, roles }: Required<Approver>,
  id: string,
  at: number,
  policy: Pick<Policy, "masks"> | undefined,
): StandingRecord | { readonly misfit: Misfit } {
  const { actor, tool, when = {}, until, reason } = given ?? ({} as Grant);
  const isText = (text: unknown): text is string => typeof text === "string" && text !== "";
  const wrong = (path: string, expected: string) => ({ misfit: { path, expected, found: "something else" } });
  if (!isText(actor?.type) || !isText(actor?.id)) return wrong("actor", "type and id");
  if (!isText(tool)) return wrong("tool", "whole name of a tool");
  if (!(typeof until === "number" && until > at && Number.isFinite(until)))
    return wrong("until", "time to come");
  if (reason !== undefined && typeof reason !== "string") return wrong("reason", "text");
  const checked = checkedConditions(when);
  if ("misfit" in checked) return checked;
  return {
    kind: "standing",
    id,
    revision: 0,
    state: "granted",
    actor: actor.id,
    actorType: actor.type,
    tool,
    when: checked.when,
    masks: policy?.masks(tool) ?? null,
    expiresAt: until,
    changedAt: at,
    approval: { by, roles, at, ...(reason !== undefined && { reason }) },
  };
}

function view(record: StandingRecord, now: number): Standing {
  const { id, tool, when, actor, actorType, expiresAt, approval, revoked, state } = record;
  return freeze({
    id,
    state: state === "granted" && !(now < expiresAt) ? "expired" : state,
    actor: { type: actorType, id: actor },
    tool,
    when,
    until: expiresAt,
    approval,
    ...(revoked && { revoked }),
  });
}
