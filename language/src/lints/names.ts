import type { Rule } from "../core/policy.ts";

/** A rule's (a track's) name as written in its file. */
export const nameOf = ({ id }: Pick<Rule, "id">): string => id.slice(id.lastIndexOf(".") + 1);

/** "`a`, `b` and 3 more": the first few of a list of names. */
export const someOf = (names: readonly string[], most = 4): string => {
  const shown = names.slice(0, names.length > most ? most - 1 : most).map((name) => `\`${name}\``);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(", ")} and ${more} more`;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
};
