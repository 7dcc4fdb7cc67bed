import type { Claim, Proof } from "../core/policy.ts";
import type { ClaimNode, ProveItem } from "../syntax/ast.ts";
import { EMPTY_ENV } from "./expr/context.ts";
import { condition } from "./expr/elaborate.ts";
import { coverage } from "./patterns.ts";
import { checkPerTool } from "./per-tool.ts";
import { type FileScope, locate, type World } from "./world.ts";

/** Checks what a proof states, for each tool that it speaks of. */
export const checkProof = (world: World, file: FileScope, item: ProveItem): Proof | null => {
  const claims = item.claims.map((claim) => checkClaim(world, file, claim));
  return item.name === undefined ? null : { name: item.name.value, at: locate(file, item), claims };
};

const checkClaim = (world: World, file: FileScope, node: ClaimNode): Claim => {
  const covered = coverage(world, file, node.tools, node.where);
  const parts = node.when === undefined ? [] : [node.when];
  const bodies = checkPerTool(world, file, covered, parts, "claim", (cx) => ({
    when: node.when === undefined ? null : condition(node.when, cx, EMPTY_ENV).core,
  }));
  const effects = [...new Set(node.effects.map(({ effect }) => effect))];
  return { form: node.form, effects, at: locate(file, node), bodies };
};
