import pc from "picocolors";

/** How words are dressed: colours where they are wanted, plain text elsewhere. */
export interface Style {
  readonly colour: boolean;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly blue: (text: string) => string;
  readonly cyan: (text: string) => string;
  readonly magenta: (text: string) => string;
}

/**
 * Whether to colour: never with `NO_COLOR` (no-color.org), always with `FORCE_COLOR` unless it is `0` or `false`, else
 * on a terminal that is not dumb.
 */
export const wantsColour = (
  env: { readonly [name: string]: string | undefined },
  terminal: boolean,
): boolean => {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== "") return false;
  const force = env.FORCE_COLOR;
  if (force !== undefined) return force !== "0" && force !== "false";
  return terminal && env.TERM !== "dumb";
};

export const makeStyle = (colour: boolean): Style => {
  const { bold, dim, red, green, yellow, blue, cyan, magenta } = pc.createColors(colour);
  return { colour, bold, dim, red, green, yellow, blue, cyan, magenta };
};
