import type { DecidingPart, Explanation } from "@agentpolicy/compiler";
import type { Session } from "../session.ts";

/** An explanation for the client: each place a location. */
export function shownExplanation({ location }: Pick<Session, "location">, explanation: Explanation) {
  const { decision, tool, rules } = explanation;
  const shownPart = ({ at, values, ...part }: DecidingPart) => ({
    ...part,
    location: location(at),
    values: values.map(({ at: place, ...value }) => ({ ...value, location: location(place) })),
  });
  return {
    decision,
    tool,
    rules: rules.map(({ at, decidedBy, ...rule }) => ({
      ...rule,
      location: location(at),
      decidedBy: decidedBy && shownPart(decidedBy),
    })),
  };
}
