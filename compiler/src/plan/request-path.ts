import { printName } from "@agentpolicy/language";

/** A request path as messages and decisions write it: `input.items[2].price`, `input["odd key"]`; numbers are indexes. */
export function pathText(path: readonly (string | number)[]): string {
  return path
    .map((step, i) => {
      if (typeof step === "number") return `[${step}]`;
      const name = printName(step);
      if (name !== step) return `[${name}]`;
      return i === 0 ? name : `.${name}`;
    })
    .join("");
}
