import { type Mistake, mistake } from "../result.ts";
import type { Heard, ServerPlace } from "./server.ts";

const REQUEST_TIMEOUT = -32001;
const CONNECTION_CLOSED = -32000;

/** Why a server could not be used, in words; null where the error is not about the server. */
export const explainFailure = (
  error: unknown,
  place: ServerPlace,
  heard: Heard,
  timeout: number,
): Mistake | null => {
  if (!(error instanceof Error)) return null;
  const said = saidOf(heard);
  if (place.kind === "http") return httpFailure(error, place.url, timeout);
  const shown = [place.command, ...place.args].join(" ");
  const code = "code" in error ? error.code : undefined;
  if (code === "ENOENT")
    return mistake(`there is no program \`${place.command}\` to start the server with`, said);
  if (code === "EACCES") return mistake(`\`${place.command}\` is not a program that may be run`, said);
  if (code === REQUEST_TIMEOUT) {
    return mistake(
      heard.babble === null
        ? `the server did not answer within ${timeout / 1000} s: \`${shown}\``
        : `the server answers something else than MCP over standard output: \`${shown}\``,
      heard.babble === null ? (said ?? "give it more time with --timeout") : `it wrote: ${heard.babble}`,
    );
  }
  if (code === CONNECTION_CLOSED || code === "EPIPE") {
    return mistake(`the server ended before it answered: \`${shown}\``, said);
  }
  if (typeof code === "number") return mistake(`the server refused: ${error.message}`, said);
  return mistake(`the server cannot be used: ${error.message}`, said);
};

/** The last lines of the server's error output, which mostly say what is wrong. */
const saidOf = ({ stderr }: Heard): string | undefined => {
  const lines = stderr.trim().split("\n").slice(-4);
  return lines.length === 1 && lines[0] === "" ? undefined : `it said: ${lines.join("\n         ")}`;
};

const httpFailure = (error: Error, url: URL, timeout: number): Mistake => {
  const code = "code" in error ? error.code : undefined;
  const cause = error.cause instanceof Error ? error.cause : null;
  const reason = cause !== null && "code" in cause ? String(cause.code) : null;
  if (code === REQUEST_TIMEOUT) {
    return mistake(
      `${url.href} did not answer within ${timeout / 1000} s`,
      "give it more time with --timeout",
    );
  }
  if (reason === "ECONNREFUSED") return mistake(`nothing listens at ${url.host}`);
  if (reason === "ENOTFOUND" || reason === "EAI_AGAIN")
    return mistake(`there is no host \`${url.hostname}\``);
  if (code === 401 || code === 403) {
    return mistake(
      `${url.href} wants to know who you are (${code})`,
      'give it --header "Authorization: Bearer …"',
    );
  }
  if (code === 404 || code === 405) return mistake(`there is no MCP endpoint at ${url.href} (${code})`);
  return mistake(`${url.href} cannot be used: ${reason ?? error.message}`);
};
