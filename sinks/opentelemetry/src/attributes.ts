import type { AuditRecord } from "@agentpolicy/runtime";
import type { Attributes, AttributeValue } from "@opentelemetry/api";

/**
 * A record as attributes. Names of OpenTelemetry's own are those of its semantic conventions for generative AI; all others are
 * `agentpolicy.*`. Without `requests` no value of a request is among them but the tool's name and the actor's id and type.
 */
export const attributesOf = (record: AuditRecord, requests: boolean): Attributes =>
  defined({ ...plain(record), ...ofDecision(record), ...(requests && asked(record)) });

function plain(record: AuditRecord): Given {
  const { event, seq, hash, call, checkpoint, standing, actor, tool, by, refused, until } = record;
  return {
    "agentpolicy.event": event,
    "agentpolicy.seq": seq,
    "agentpolicy.hash": hash,
    "agentpolicy.call": call,
    "agentpolicy.checkpoint": checkpoint,
    "agentpolicy.standing": standing && [...standing],
    "agentpolicy.actor.type": actor?.type,
    "agentpolicy.actor.id": actor?.id,
    "gen_ai.agent.id": actor?.type === "agent" ? actor.id : undefined,
    "gen_ai.tool.name": tool,
    "agentpolicy.by": by,
    "agentpolicy.refused": refused,
    "agentpolicy.until": until,
  };
}

function ofDecision({ decision }: AuditRecord): Given {
  if (!decision) return {};
  const { policy, shadow } = decision;
  return {
    "agentpolicy.decision": decision.decision,
    "agentpolicy.code": decision.code,
    "agentpolicy.rules": [...decision.rules],
    "agentpolicy.risk": decision.risk,
    "agentpolicy.policy.name": policy.name,
    "agentpolicy.policy.version": policy.version ?? undefined,
    "agentpolicy.policy.hash": policy.hash,
    "agentpolicy.shadow.decision": shadow?.decision,
    "agentpolicy.shadow.policy.hash": shadow?.policy.hash,
  };
}

/** What may hold values of a request, masked ones apart. */
function asked({ request, figures, when, decision, reason, error }: AuditRecord): Given {
  return {
    "agentpolicy.request": request && JSON.stringify(request),
    "agentpolicy.figures": figures && JSON.stringify(figures),
    "agentpolicy.when": when && JSON.stringify(when),
    "agentpolicy.reasons": decision && [...decision.reasons],
    "agentpolicy.reason": reason,
    "agentpolicy.error": error,
  };
}

type Given = { readonly [name: string]: AttributeValue | undefined };

/** What is no attribute is left out: a log tells of requests that are none, whose parts may be anything. */
const defined = (given: Given): Attributes =>
  Object.fromEntries(
    Object.entries(given).filter(
      ([, value]) => ["string", "number", "boolean"].includes(typeof value) || Array.isArray(value),
    ),
  );
