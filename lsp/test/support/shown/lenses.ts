import type { InlineValue, Lens } from "../../../src/ide/model.ts";

const line = (text: string, offset: number): string => text.slice(0, offset).split("\n").length.toString();

/** `line "text" title -> what a click does`; what is not known before it is asked for stands behind `later`. */
export const shownLenses = (
  text: string,
  lenses: readonly Lens[],
  resolve: (lens: Lens) => Lens,
): readonly string[] =>
  lenses.length === 0
    ? ["nothing"]
    : lenses.map((lens) => {
        const { span, title, command } = lens.pending ? resolve(lens) : lens;
        return [
          line(text, span.start),
          JSON.stringify(text.slice(span.start, span.end)),
          ...(lens.pending ? ["later:"] : []),
          title,
          ...(command ? [`-> ${shownCommand(command)}`] : []),
        ].join(" ");
      });

function shownCommand(command: NonNullable<Lens["command"]>): string {
  switch (command.name) {
    case "runTest":
      return `${command.name} ${command.file} ${JSON.stringify(command.test)}`;
    case "tryCall":
      return `${command.name} ${command.file} ${command.tool}`;
    case "showTools":
      return `${command.name} ${command.tools.join(", ")}`;
  }
}

/** `line "text" what it came to`. */
export const shownValues = (text: string, values: readonly InlineValue[]): readonly string[] =>
  values.length === 0
    ? ["nothing"]
    : values.map(
        ({ span, text: value }) =>
          `${line(text, span.start)} ${JSON.stringify(text.slice(span.start, span.end))} ${value}`,
      );
