import type { Manifest } from "@agentpolicy/runtime/abi";
import { block } from "./lines.ts";
import { key, literal, quote } from "./literal.ts";

/** The manifest as a JavaScript expression, one line for each entry; `me` has the policy's name, version and hash. */
export const manifestCode = ({ abi, sources, tools, rules, tracks }: Manifest): string =>
  block("", [
    "...me,",
    `abi: ${abi},`,
    `sources: ${entries(sources, quote)},`,
    `tools: ${entries(tools, quote)},`,
    `rules: ${entries(rules, ({ effect, at: { file, line, character } }) =>
      literal({ effect, at: { file, line, character } }),
    )},`,
    `tracks: ${literal(tracks.map(({ id, figure, per, within }) => ({ id, figure, per, within })))},`,
  ])
    .join("\n")
    .trimStart();

const entries = <T>(of: { readonly [name: string]: T }, value: (of: T) => string): string => {
  const lines = Object.keys(of).map((name) => `${key(name)}: ${value(of[name] as T)},`);
  return lines.length === 0 ? "{}" : block("", lines).join("\n").trimStart();
};
