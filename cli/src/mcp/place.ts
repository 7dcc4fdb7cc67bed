import { type Mistake, mistake } from "../result.ts";
import type { ServerPlace } from "./server.ts";

export interface PlaceOptions {
  readonly url?: string;
  readonly header?: readonly string[];
}

/**
 * Where the server is that the user speaks of: `--url URL` or a command after `--`; null where neither is given.
 */
export const placeOf = (
  options: PlaceOptions,
  command: readonly string[] | null,
): ServerPlace | Mistake | null => {
  const [program, ...args] = command ?? [];
  if (options.url !== undefined) {
    if (program !== undefined) return mistake("give a server's URL or its command, not both");
    return httpPlace(options.url, options.header ?? []);
  }
  if (options.header !== undefined) return mistake("--header goes with --url");
  if (command === null) return null;
  if (program === undefined) return mistake("after `--` comes the command that starts the server");
  return { kind: "stdio", command: program, args };
};

const httpPlace = (text: string, lines: readonly string[]): ServerPlace | Mistake => {
  if (!URL.canParse(text)) return mistake(`\`${text}\` is not a URL`);
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return mistake(`a server's URL starts with https:// or http://, not \`${url.protocol}\``);
  }
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):\s*([\x20-\x7e]*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) return mistake("a header is written `Name: value`");
    headers[name] = value;
  }
  return { kind: "http", url, headers };
};
