import { problem } from "../define.ts";
import { short } from "../short.ts";

export const BIDI_CONTROL = problem<{ readonly code: string }>("bidi-control", "error", ({ code }) => ({
  message: "a character that nobody sees turns the direction of this text",
  label: `${code}: what is read here is not what stands here`,
  help: "remove it; in a text that needs it, write it as an escape",
}));

export const INVISIBLE_IN_NAME = problem<{ readonly code: string }>(
  "invisible-in-name",
  "error",
  ({ code }) => ({
    message: "this name holds a character that nobody sees",
    label: `${code} stands here`,
    help: "remove it",
  }),
);

export const INVISIBLE_CHARACTER = problem<{ readonly code: string }>(
  "invisible-character",
  "warning",
  ({ code }) => ({
    message: "this text holds a character that cannot be told from what it looks like",
    label: `${code} stands here`,
    help: "remove it, or write it as an escape so that readers see it",
  }),
);

type Letter = {
  readonly letter: string;
  readonly code: string;
  readonly like: string;
  readonly meant: string;
};

export const LOOK_ALIKE_NAME = problem<Letter & { readonly name: string }>(
  "look-alike-name",
  "error",
  ({ name, letter, code, like, meant }) => ({
    message: `\`${short(name, 22)}\` is not \`${short(meant, 22)}\`, though it looks like it`,
    label: `\`${letter}\` is ${code}, not \`${like}\``,
    help: `write \`${meant}\` in plain letters`,
  }),
);

export const LOOK_ALIKE_TEXT = problem<Letter & { readonly word: string }>(
  "look-alike-text",
  "warning",
  ({ word, letter, code, like, meant }) => ({
    message: `\`${short(word, 22)}\` is not \`${short(meant, 22)}\`, though it looks like it`,
    label: `\`${letter}\` is ${code}, not \`${like}\``,
    help: `write \`${meant}\` in plain letters, or the escape of the letter where it is meant`,
  }),
);
