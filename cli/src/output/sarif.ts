import type { Diagnostic, Severity } from "@agentpolicy/language";
import { VERSION } from "../version.ts";
import { locationOf, type Places, type Range } from "./places.ts";

const LEVEL: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  warning: "warning",
  hint: "note",
};

/** Findings as a SARIF log (OASIS SARIF 2.1.0). Columns are UTF-16 units; lines and columns count from 1. */
export const sarifLog = (diagnostics: readonly Diagnostic[], places: Places): unknown => {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort();
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "agentpolicy",
            semanticVersion: VERSION,
            rules: codes.map((code) => ({ id: code, name: code })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: diagnostics.map((diagnostic) => resultOf(diagnostic, codes, places)),
      },
    ],
  };
};

const resultOf = (diagnostic: Diagnostic, codes: readonly string[], places: Places): unknown => {
  const { code, severity, message, label, help, related, fixes } = diagnostic;
  const text = [message, label, help].filter((part) => part !== undefined).join("; ");
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: LEVEL[severity],
    message: { text },
    locations: [{ physicalLocation: physical(diagnostic.file, places(locationOf(diagnostic))) }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((cause, index) => ({
            id: index + 1,
            message: { text: cause.message },
            physicalLocation: physical(cause.file, places(cause)),
          })),
        }),
    ...(fixes.length === 0
      ? {}
      : {
          fixes: fixes.map(({ title, edits }) => ({
            description: { text: title },
            artifactChanges: changes(edits, places),
          })),
        }),
  };
};

/** Edits by file, as SARIF wants them. */
const changes = (edits: Diagnostic["fixes"][number]["edits"], places: Places): unknown => {
  const files = [...new Set(edits.map(({ file }) => file))];
  return files.map((file) => ({
    artifactLocation: { uri: uriOf(file) },
    replacements: edits
      .filter((edit) => edit.file === file)
      .map((edit) => ({ deletedRegion: region(places(edit)), insertedContent: { text: edit.text } })),
  }));
};

const physical = (file: string, range: Range): unknown => ({
  artifactLocation: { uri: uriOf(file) },
  region: region(range),
});

const region = ({ start, end }: Range): unknown => ({
  startLine: start.line + 1,
  startColumn: start.character + 1,
  endLine: end.line + 1,
  endColumn: end.character + 1,
});

/** A relative path as a relative URI reference, an absolute one as a `file:` URI (RFC 3986, RFC 8089). */
const uriOf = (file: string): string => {
  const encoded = file.split("/").map(encodeURIComponent).join("/");
  if (file.startsWith("/")) return `file://${encoded}`;
  return encoded;
};
