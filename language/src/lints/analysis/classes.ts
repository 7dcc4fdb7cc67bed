import type { CheckedPolicy } from "../../core/policy.ts";

/** Tools that are covered alike: whatever rule covers one of them says the same of them all. Whole names, sorted. */
export interface ToolClass {
  readonly tools: readonly string[];
}

/** The classes that make up a list of tools which some rule covers. */
export type Classes = (tools: readonly string[]) => readonly ToolClass[];

/** The classes of the tools that a policy's rules cover. Bodies share their lists, so each list is gone through once. */
export const classesOf = (policy: CheckedPolicy): Classes => {
  const classOf = split(listsOf(policy));
  const parts = new Map<readonly string[], readonly ToolClass[]>();
  return (tools) => {
    const found = parts.get(tools) ?? [...new Set(tools.map((tool) => classOf.get(tool)!))];
    parts.set(tools, found);
    return found;
  };
};

/** Each list of tools that a rule's body has, once. Rules over many tools share theirs. */
export const listsOf = ({ rules }: Pick<CheckedPolicy, "rules">): ReadonlySet<readonly string[]> =>
  new Set(rules.flatMap(({ bodies }) => bodies.map(({ tools }) => tools)));

/** Splits all tools by each list in turn, into those that are in it and those that are not. */
const split = (lists: Iterable<readonly string[]>): ReadonlyMap<string, ToolClass> => {
  const numberOf = new Map<string, number>();
  let count = 1;
  for (const list of lists) {
    const halves = new Map<number | undefined, number>();
    for (const tool of list) {
      const number = numberOf.get(tool);
      const half = halves.get(number) ?? count++;
      halves.set(number, half);
      numberOf.set(tool, half);
    }
  }
  const classes = new Map<number, { readonly tools: string[] }>();
  return new Map(
    [...numberOf.keys()].sort().map((tool) => {
      const number = numberOf.get(tool)!;
      const own = classes.get(number) ?? { tools: [] };
      classes.set(number, own);
      own.tools.push(tool);
      return [tool, own];
    }),
  );
};
