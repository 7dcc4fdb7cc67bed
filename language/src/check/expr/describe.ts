import { printType } from "../../types/print.ts";
import { rangeOf } from "../../types/range.ts";
import type { Type } from "../../types/type.ts";

/** A type with the bounds that a message is about: "`number` from 0 to 100", "`string` of at most 10 characters". */
export const describeType = (type: Type): string => {
  const name = `\`${printType(type)}\``;
  if (type.kind === "number") {
    const { low, lowOpen, high, highOpen } = rangeOf(type);
    if (low === high) return `always ${low}`;
    const from = low === -Infinity ? "" : ` ${lowOpen ? "above" : "from"} ${low}`;
    const to = high === Infinity ? "" : ` ${highOpen ? "below" : from === "" ? "up to" : "to"} ${high}`;
    return `${name}${from}${to}`;
  }
  if (type.kind !== "string" && type.kind !== "list") return name;
  const { low, high } = rangeOf(type);
  const unit = type.kind === "string" ? "characters" : "items";
  if (low === high) return `${name} of ${low} ${unit}`;
  const bounds = [low > 0 ? `at least ${low}` : "", high < Infinity ? `at most ${high}` : ""].filter(
    (part) => part !== "",
  );
  return bounds.length === 0 ? name : `${name} of ${bounds.join(" and ")} ${unit}`;
};
