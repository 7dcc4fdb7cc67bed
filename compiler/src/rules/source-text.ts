import type { Location } from "@agentpolicy/language";
import type { RuleObject } from "./rule-objects.ts";
import { isRecord } from "./words.ts";

/** The name that the text of rule objects goes by. */
export const RULES_FILE = "rules.json";

type Path = readonly (string | number)[];

/** Rule objects as text, and where the parts of that text are. */
export interface RulesText {
  readonly text: string;
  /** Where the value at a path (`0`, `when`, `context`, `env`) is written. */
  readonly at: (path: Path) => Location;
  /** The same, from the field's name on: `"env": "prod"`. */
  readonly pair: (path: Path) => Location;
}

/** Writes rules as JSON, one a line, so that explanations and manifests can point at their parts. */
export function rulesText(rules: readonly RuleObject[]): RulesText {
  const values = new Map<string, Location>();
  const pairs = new Map<string, Location>();
  let text = "";
  const place = (start: number): Location => ({ file: RULES_FILE, start, end: text.length });
  const write = (value: unknown, path: Path): void => {
    const start = text.length;
    if (isRecord(value)) {
      text += "{";
      Object.entries(value).forEach(([name, field], i) => {
        text += i > 0 ? ", " : " ";
        writePair(name, field, [...path, name]);
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
    values.set(JSON.stringify(path), place(start));
  };
  const writePair = (name: string, field: unknown, path: Path): void => {
    const start = text.length;
    text += `${JSON.stringify(name)}: `;
    write(field, path);
    pairs.set(JSON.stringify(path), place(start));
  };
  text += "[\n";
  rules.forEach((rule, i) => {
    text += "  ";
    write(rule, [i]);
    text += i < rules.length - 1 ? ",\n" : "\n";
  });
  text += "]\n";
  const at = (path: Path): Location => values.get(JSON.stringify(path)) ?? place(0);
  return { text, at, pair: (path) => pairs.get(JSON.stringify(path)) ?? at(path) };
}
