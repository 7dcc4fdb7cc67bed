import { resolve } from "node:path";
import { type Diagnostic, lineIndex, renderDiagnostic } from "@agentpolicy/language";

/** A diagnostic as bundlers take it: lines from 1, columns from 0, `frame` for those that show one by themselves. */
export interface Message {
  readonly message: string;
  readonly id: string;
  readonly loc: { readonly file: string; readonly line: number; readonly column: number };
  readonly frame: string;
}

/** One diagnostic, or several of which the first gives the place. `pluginCode` is a diagnostic's own code. */
export const messageOf = (
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, string>,
  root: string,
): Message => {
  const first = diagnostics[0]!;
  const file = resolve(root, first.file);
  const { line, character } = lineIndex(sources.get(first.file) ?? "").position(first.span.start);
  const frames = diagnostics.map((each) =>
    renderDiagnostic(each, sources, { style: "pretty", colour: false }),
  );
  return {
    message: frames.join("\n\n"),
    id: file,
    loc: { file, line: line + 1, column: character },
    frame: frames[0]!,
  };
};
