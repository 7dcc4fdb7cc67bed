import { resolve } from "node:path";
import type { Bench } from "../bench.ts";
import { shownPath } from "../io/find.ts";
import { writeText } from "../io/write.ts";
import { type PlaceOptions, placeOf } from "../mcp/place.ts";
import { jsonText } from "../output/json-text.ts";
import { report } from "../report.ts";
import { EXIT, isMistake, mistake } from "../result.ts";

/** The options of `agentpolicy pull`, as commander gives them. */
export interface PullOptions extends PlaceOptions {
  readonly out?: string;
  readonly timeout: number;
  readonly format: "pretty" | "json";
}

export const pullTools = async (options: PullOptions, { world, server }: Bench): Promise<number> => {
  const place = placeOf(options, server);
  if (place === null) {
    return report(
      world,
      mistake("which server? give its command after `--`, or --url", "see agentpolicy pull --help"),
    );
  }
  if (isMistake(place)) return report(world, place);
  // The client is large, and the other commands do without it.
  const { withServer } = await import("../mcp/server.ts");
  const { catalogueText, listTools } = await import("../mcp/tools.ts");
  const tools = await withServer(place, options.timeout, world, listTools);
  if (isMistake(tools)) return report(world, tools);
  const text = catalogueText(tools);
  if (options.out === undefined || options.out === "-") {
    await world.out(text);
    return EXIT.fine;
  }
  const path = resolve(world.cwd, options.out);
  const failed = writeText(path, text, options.out);
  if (failed !== null) return report(world, failed);
  const file = shownPath(world.cwd, path);
  if (options.format === "json") {
    await world.out(jsonText({ file, tools: tools.length }));
    return EXIT.fine;
  }
  const count = `${tools.length} ${tools.length === 1 ? "tool" : "tools"}`;
  world.err(`${world.style.err.green("wrote")} ${file} (${count})\n`);
  return EXIT.fine;
};
