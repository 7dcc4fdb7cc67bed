import type { Changed } from "@agentpolicy/runtime";
import { momentText } from "./moments.ts";
import { brief, safe } from "./safe.ts";
import { whoText } from "./state.ts";

/** What was asked for, as a participle: "not approved". */
export type Wanted = "approved" | "rejected" | "answered" | "cancelled";

export interface Refused {
  readonly message: string;
  readonly hint?: string;
}

/** Why nothing changed, and what to do instead. `who` is the person who asked. */
export const refusalText = (changed: Changed & { readonly ok: false }, id: string, who: string): Refused => {
  const { refused, checkpoint } = changed;
  const person = brief(who, 60);
  switch (refused) {
    case "unknown":
      return {
        message: `there is no checkpoint \`${brief(id, 80)}\``,
        hint: "agentpolicy checkpoints list --state all",
      };
    case "not_authenticated":
      return {
        message: `\`${person}\` is none of those who may approve`,
        hint: "the approvers file lists them by login, or by the token in AGENTPOLICY_TOKEN",
      };
    case "not_allowed":
      return notAllowed(changed, person);
    case "own_call":
      return {
        message: `\`${person}\` has no say about a call of their own`,
        hint: "it takes another person",
      };
    case "approved_before":
      return { message: `\`${person}\` has approved it before`, hint: "it takes another person" };
    case "other_request": {
      const edition = checkpoint?.version ?? 0;
      return {
        message:
          edition === 0
            ? "its arguments have not been changed"
            : "its arguments have been changed by an approver",
        hint: `agentpolicy checkpoints show ${id}, then approve${edition === 0 ? "" : ` --edition ${edition}`}`,
      };
    }
    case "invalid_answer":
      return invalidAnswer(changed, id);
    case "invalid_edit":
      return invalidEdit(changed);
    default:
      return stateRefusal(changed);
  }
};

const notAllowed = ({ checkpoint }: Changed & { readonly ok: false }, person: string): Refused => {
  if (checkpoint?.decision.clarification !== undefined)
    return {
      message: "it waits for an answer, not for an approval",
      hint: `agentpolicy checkpoints answer ${checkpoint.id} …, or cancel`,
    };
  const from = (checkpoint?.decision.approval?.approvers ?? []).map((requirement) =>
    whoText(requirement.from),
  );
  return {
    message: `\`${person}\` may not decide on this: it takes ${brief([...new Set(from)].join(", and "), 200)}`,
    hint: "the approvers file gives people their roles",
  };
};

const invalidAnswer = ({ checkpoint }: Changed & { readonly ok: false }, id: string): Refused => {
  const needs = checkpoint?.decision.clarification?.needs ?? [];
  return needs.length === 0
    ? { message: "it waits for no answer", hint: `agentpolicy checkpoints show ${id}` }
    : {
        message: `the answer must give exactly ${needs.join(", ")}`,
        hint: `agentpolicy checkpoints answer ${id} ${needs.map((path) => `${path}=…`).join(" ")}`,
      };
};

const invalidEdit = ({ decision }: Changed & { readonly ok: false }): Refused =>
  decision === undefined
    ? { message: "only arguments can be changed, each by its path", hint: "--edit input.amount=200" }
    : { message: `the changed call is denied: ${safe(decision.reasons.join(" "))}` };

const stateRefusal = ({ refused, checkpoint }: Changed & { readonly ok: false }): Refused => {
  const by = checkpoint?.by === undefined ? "" : ` by \`${brief(checkpoint.by, 60)}\``;
  const words: Readonly<Record<string, Refused>> = {
    expired: {
      message: `its time was up at ${momentText(checkpoint?.expiresAt ?? Number.NaN)}`,
      hint: "the agent has to ask again",
    },
    approved: { message: "it is approved already", hint: "agentpolicy checkpoints cancel takes it back" },
    answered: { message: "it is answered already", hint: "agentpolicy checkpoints cancel takes it back" },
    consumed: { message: "the call has been made" },
    failed: { message: "the call has been made, and failed" },
    rejected: { message: `it was rejected${by}` },
    cancelled: { message: `it was cancelled${by}` },
  };
  return words[refused] ?? { message: refused.replaceAll("_", " ") };
};
