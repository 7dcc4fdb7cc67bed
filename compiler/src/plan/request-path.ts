import { printName } from "@agentpolicy/language";

/** A request path as messages and decisions write it: `input.items[2].price`, `input["odd key"]`; numbers are indexes. */
export function pathText(path: readonly (string | number)[]): string {
  const text = path.map((step) => (typeof step === "number" ? `[${step}]` : fieldText(step))).join("");
  return text.startsWith(".") ? text.slice(1) : text;
}

/** One step down: `.price`, `["odd key"]`. */
export function fieldText(name: string): string {
  const printed = printName(name);
  return printed === name ? `.${name}` : `[${printed}]`;
}
