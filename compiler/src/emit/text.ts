import { BINDS, chain, isName, type Js, js, same, within } from "./js.ts";
import { quote } from "./literal.ts";
import type { Module } from "./module.ts";

/**
 * Whether a text is like a glob. Globs that only fix how a text begins, ends or what it holds need no matcher: their
 * fixed parts are whole code points, so comparing code units comes to the same.
 */
export const like = (of: Js, pattern: string, module: Module): Js => {
  const parts = pattern.split(/\*+/);
  const [first = "", last = ""] = [parts[0], parts.at(-1)];
  if (!/[?\p{Cs}]/u.test(pattern)) {
    const text = within(of, BINDS.primary);
    if (parts.length === 1) return same(of, js(quote(pattern)));
    if (parts.length === 2 && first !== "" && last === "") return js(`${text}.startsWith(${quote(first)})`);
    if (parts.length === 2 && first === "" && last !== "") return js(`${text}.endsWith(${quote(last)})`);
    if (parts.length === 2 && first !== "" && isName(of)) return bothEnds(of, first, last);
    if (parts.length === 3 && first === "" && last === "") return js(`${text}.includes(${quote(parts[1]!)})`);
  }
  const matcher = module.define(
    "constants",
    "like",
    `${module.use("values/glob", "glob")}(${quote(pattern)})`,
  );
  return js(`${matcher}(${of.code})`);
};

/** Where both ends are fixed they may not overlap. */
const bothEnds = (of: Js, first: string, last: string): Js =>
  [
    js(`${of.code}.length >= ${first.length + last.length}`, BINDS.relational),
    js(`${of.code}.startsWith(${quote(first)})`),
    js(`${of.code}.endsWith(${quote(last)})`),
  ].reduce((left, right) => chain(left, "&&", right, BINDS.and));

/** Whether a regular expression is found in a text; a fault where the text is longer than the limit. */
export const matches = (of: Js, source: string, limit: number | undefined, module: Module): Js => {
  const pattern = module.define("constants", "pattern", `new RegExp(${quote(source)}, "us")`);
  const text =
    limit === undefined ? of.code : `${module.use("artifact/faults", "atMost")}(${of.code}, ${limit})`;
  return js(`${pattern}.test(${text})`);
};
