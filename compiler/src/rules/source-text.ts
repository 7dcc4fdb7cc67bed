import type { Location } from "@agentpolicy/language";
import type { RuleObject } from "./rule-objects.ts";
import { isRecord } from "./words.ts";

/** The name that the text of rule objects goes by. */
export const RULES_FILE = "rules.json";

/** Rule objects as text, and where the parts of that text are. */
export interface RulesText {
  readonly text: string;
  /** Where the value at a path (`0`, `when`, `context`, `env`) is written. */
  readonly at: (path: readonly (string | number)[]) => Location;
}

/** Writes rules as JSON, one a line, so that explanations and manifests can point at their parts. */
export function rulesText(rules: readonly RuleObject[]): RulesText {
  const places = new Map<string, Location>();
  let text = "";
  const write = (value: unknown, path: readonly (string | number)[]): void => {
    const start = text.length;
    if (isRecord(value)) {
      const fields = Object.entries(value as { readonly [name: string]: unknown });
      text += "{";
      fields
        .filter(([, field]) => field !== undefined)
        .forEach(([name, field], i) => {
          text += `${i > 0 ? "," : ""} ${JSON.stringify(name)}: `;
          write(field, [...path, name]);
        });
      text += " }";
    } else if (Array.isArray(value)) {
      text += "[";
      value.forEach((item: unknown, i) => {
        if (i > 0) text += ", ";
        write(item, [...path, i]);
      });
      text += "]";
    } else text += JSON.stringify(value);
    places.set(JSON.stringify(path), { file: RULES_FILE, start, end: text.length });
  };
  text += "[\n";
  rules.forEach((rule, i) => {
    text += "  ";
    write(rule, [i]);
    text += i < rules.length - 1 ? ",\n" : "\n";
  });
  text += "]\n";
  return {
    text,
    at: (path) => places.get(JSON.stringify(path)) ?? { file: RULES_FILE, start: 0, end: text.length },
  };
}
