// Pieces of regular expressions (Oniguruma) that the grammar is made of.

export const NAME = "[\\p{L}_][\\p{L}\\p{N}_]*(?:-[\\p{L}\\p{N}_]+)*";

/** A word on its own: not after a dot or an at sign, and no part of a longer name. */
export const alone = (pattern) => `(?<![\\p{L}\\p{N}_.@-])(?:${pattern})(?![\\p{L}\\p{N}_-])`;

/** Any of some words on its own. */
export const anyOf = (words) => alone([...words].sort().join("|"));

/** A pattern with a scope for the whole of it. */
export const scoped = (name, match) => ({ name: `${name}.agentpolicy`, match });

/** A pattern with scopes for its groups, in their order; null for a group that has none. */
export const grouped = (match, ...names) => ({
  match,
  captures: Object.fromEntries(
    names.flatMap((name, index) => (name === null ? [] : [[index + 1, { name: `${name}.agentpolicy` }]])),
  ),
});

/** What lies between two signs. */
export const between = (begin, end, name, patterns) => ({
  name: `${name}.agentpolicy`,
  begin,
  end,
  ...(patterns.length > 0 && { patterns }),
});

export const include = (name) => ({ include: `#${name}` });
