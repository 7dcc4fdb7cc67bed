import type { Diagnostic, Severity } from "@agentpolicy/language";
import { locationOf, type Places } from "./places.ts";

const COMMAND: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", hint: "notice" };

/** A finding as a GitHub Actions workflow command, which annotates the line of a pull request. */
export const githubAnnotation = (diagnostic: Diagnostic, places: Places): string => {
  const { start, end } = places(locationOf(diagnostic));
  const { code, severity, message, label, help, file } = diagnostic;
  const properties = {
    file,
    line: start.line + 1,
    endLine: end.line + 1,
    // GitHub shows columns only within one line.
    ...(start.line === end.line ? { col: start.character + 1, endColumn: end.character + 1 } : {}),
    title: code,
  };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  const text = [message, label, help].filter((part) => part !== undefined).join("\n");
  return `::${COMMAND[severity]} ${list.join(",")}::${escapeData(text)}`;
};

const escapeData = (text: string): string =>
  text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");

const escapeProperty = (text: string): string => escapeData(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
