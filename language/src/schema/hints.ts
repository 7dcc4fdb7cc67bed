import type { Hints } from "../core/policy.ts";

/**
 * A tool's hints with MCP's own defaults where its server says nothing (`ToolAnnotations`: not read-only, destructive,
 * not idempotent, open world). What is read-only is not destructive.
 */
export const resolveHints = (given: Partial<Hints>): Hints => {
  const readOnly = given.readOnly ?? false;
  return {
    readOnly,
    destructive: !readOnly && (given.destructive ?? true),
    idempotent: given.idempotent ?? false,
    openWorld: given.openWorld ?? true,
  };
};

/** The hints of a tool that is declared in the policy itself: what is written is all there is. */
export const declaredHints = (given: Partial<Hints>): Hints => {
  const readOnly = given.readOnly ?? false;
  return {
    readOnly,
    destructive: !readOnly && (given.destructive ?? false),
    idempotent: given.idempotent ?? false,
    openWorld: given.openWorld ?? false,
  };
};
