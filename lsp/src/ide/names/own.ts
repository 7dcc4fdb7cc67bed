import { PARSER_FACTS } from "@agentpolicy/language";

/** The names that the language itself gives to values. */
const ROOTS: ReadonlySet<string> = new Set([
  ...["input", "actor", "context", "resource", "session", "model", "evidence", "now", "tool"],
]);
export const isRoot = (name: string): boolean => ROOTS.has(name);

const TYPES: ReadonlySet<string> = new Set(["string", "number", "integer", "boolean", "null", "any"]);
export const isOwnType = (name: string): boolean => TYPES.has(name);

const FUNCTIONS: ReadonlySet<string> = new Set(["now", ...PARSER_FACTS.map(({ name }) => name)]);
export const isOwnFunction = (name: string): boolean => FUNCTIONS.has(name);
