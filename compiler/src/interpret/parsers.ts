import type { Parser } from "@agentpolicy/language";
import { command } from "@agentpolicy/runtime/values/command";
import { datetime } from "@agentpolicy/runtime/values/datetime";
import { domain } from "@agentpolicy/runtime/values/domain";
import { email } from "@agentpolicy/runtime/values/email";
import { ip } from "@agentpolicy/runtime/values/ip";
import { path } from "@agentpolicy/runtime/values/path";
import { url } from "@agentpolicy/runtime/values/url";

/** The parsers by name; each gives null for text that it refuses. */
export const PARSERS: Readonly<Record<Parser, (text: string) => unknown>> = {
  command,
  datetime,
  domain,
  email,
  ip,
  path,
  url,
};

export function parseText(parser: Parser, text: string): unknown {
  return PARSERS[parser](text);
}
