import type { Mask } from "../core/policy.ts";
import { INVALID_CLAUSE } from "../diagnostics/messages/types.ts";
import type { MaskNode } from "../syntax/ast.ts";
import { complain } from "./expr/context.ts";
import type { Covered } from "./patterns.ts";
import { checkPerTool } from "./per-tool.ts";
import { requestPath, resolvePath } from "./request-path.ts";
import { type FileScope, locate, type World } from "./world.ts";

/** The paths that a `mask` hides. It covers those tools of its block that can have the path. */
export const checkMask = (world: World, file: FileScope, mask: MaskNode, covered: Covered): readonly Mask[] =>
  mask.paths.flatMap((node) => {
    const path = requestPath(node);
    const bodies = checkPerTool(world, file, covered, [node], "rule", (cx) => {
      if (path !== null && path.length > 1) return { has: resolvePath(node, cx) !== null };
      const facts = {
        message: "`mask` names a place in the request",
        label: "expected a path such as `input.iban`",
      };
      if (node.kind !== "error") complain(cx, INVALID_CLAUSE, facts, node);
      return { has: false };
    });
    const found = bodies.find(({ has }) => has);
    if (found === undefined || path === null) return [];
    const names = path.map(({ text }) => text);
    return [{ path: names, tools: found.tools, unknown: found.unknown, at: locate(file, node) }];
  });
