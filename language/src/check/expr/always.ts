import { ALWAYS_FALSE, ALWAYS_TRUE } from "../../diagnostics/messages/types.ts";

/** The kind of problem that a condition with one outcome only is. */
export const always = (outcome: boolean) => (outcome ? ALWAYS_TRUE : ALWAYS_FALSE);
