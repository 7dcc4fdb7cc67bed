import type { Conditions, Standing, StandingChanged } from "@agentpolicy/runtime";
import { about, momentText } from "./moments.ts";
import type { Refused } from "./refusals.ts";
import { brief, inline, safe } from "./safe.ts";
import { shortIds } from "./short-id.ts";
import type { Style } from "./style.ts";
import { table } from "./table.ts";

const SIGNS: Readonly<Record<string, string>> = { lt: "<", lte: "<=", gt: ">", gte: ">=" };

/** Conditions in words: `input.amount <= 500 and input.to = "acct-9"`. */
export const conditionsText = (when: Conditions): string => {
  const parts = Object.entries(when).flatMap(([path, condition]) =>
    typeof condition !== "object" || condition === null
      ? [`${safe(path)} = ${inline(condition)}`]
      : Object.entries(condition).map(([name, demand]) =>
          name === "in" && Array.isArray(demand)
            ? `${safe(path)} in ${inline(demand)}`
            : `${safe(path)} ${SIGNS[name] ?? name} ${inline(demand)}`,
        ),
  );
  return parts.length === 0 ? "always" : parts.join(" and ");
};

/** Standing approvals as a table, oldest first. With `states` the state is a column, too. */
export const standingList = (
  list: readonly Standing[],
  { now, states, style }: { readonly now: number; readonly states: boolean; readonly style: Style },
): string => {
  const short = shortIds(list.map(({ id }) => id));
  const headings = ["ID", ...(states ? ["STATE"] : []), "BY", "EXPIRES IN", "ACTOR", "TOOL", "WHEN"];
  const rows = list.map(({ id, state, approval: { by, roles }, until, actor, tool, when }) => [
    style.bold(short(id)),
    ...(states ? [state === "granted" ? style.green(state) : style.dim(state)] : []),
    brief(roles.length === 0 ? by : `${by} (${roles.join(", ")})`, 40),
    state === "granted" ? about(until - now) : "–",
    brief(`${actor.type} ${actor.id}`, 32),
    brief(tool, 40),
    brief(conditionsText(when), 100),
  ]);
  return table(headings, rows, style);
};

/** Why nothing was granted or revoked, and what to do instead. */
export const standingRefusal = (
  { refused, misfit, standing }: StandingChanged & { readonly ok: false },
  id: string,
  who: string,
): Refused => {
  const person = brief(who, 60);
  switch (refused) {
    case "not_authenticated":
      return {
        message: `\`${person}\` is none of those who may approve`,
        hint: "the approvers file lists them by login, or by the token in AGENTPOLICY_TOKEN",
      };
    case "own_call":
      return {
        message: `\`${person}\` has no say about calls of their own`,
        hint: "it takes another person",
      };
    case "unknown":
      return {
        message: `there is no standing approval \`${brief(id, 80)}\``,
        hint: "agentpolicy standing list --state all",
      };
    case "revoked": {
      const by = standing?.revoked;
      return {
        message:
          by === undefined ? "it is revoked" : `\`${brief(by.by, 60)}\` revoked it at ${momentText(by.at)}`,
      };
    }
    default:
      return {
        message:
          misfit === undefined
            ? refused.replaceAll("_", " ")
            : `${misfit.path} does not fit: expected ${misfit.expected}, found ${safe(misfit.found)}`,
      };
  }
};
