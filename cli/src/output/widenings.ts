import type { Widening } from "@agentpolicy/language";
import { counted } from "./counted.ts";
import type { Places } from "./places.ts";
import type { Style } from "./style.ts";

/** Where schemas say more than a type can: by tool, one line for each keyword that was left out. */
export const wideningsText = (widenings: readonly Widening[], places: Places, style: Style): string => {
  if (widenings.length === 0) return "Every schema became a type without loss.\n\n";
  const byTool = new Map<string, Widening[]>();
  for (const widening of widenings)
    byTool.set(widening.tool, [...(byTool.get(widening.tool) ?? []), widening]);
  const lines = [
    `${style.bold(`Schemas widened in ${counted(widenings.length, "place")}`)} (a policy cannot rely on these parts)`,
  ];
  for (const [tool, list] of byTool) {
    lines.push("", style.cyan(tool));
    for (const { path, keyword, reason, at } of list) {
      const line = places(at).start.line + 1;
      lines.push(
        `  ${path === "" ? "(the whole input)" : path}: ${style.bold(keyword)}: ${reason} ${style.dim(`${at.file}:${line}`)}`,
      );
    }
  }
  return `${lines.join("\n")}\n\n`;
};
