/** What a user got wrong, in words for that user: no stack, no jargon. `hint` is what to do instead. */
export interface Mistake {
  readonly kind: "mistake";
  readonly message: string;
  readonly hint?: string;
}

export const mistake = (message: string, hint?: string): Mistake => ({
  kind: "mistake",
  message,
  ...(hint === undefined ? {} : { hint }),
});

/** Whether an answer is a mistake. Values that the command works with never have a `kind` of that name. */
export const isMistake = <T>(answer: T | Mistake): answer is Mistake =>
  typeof answer === "object" && answer !== null && "kind" in answer && answer.kind === "mistake";

/** The command's exit codes: fine, findings, wrong use. */
export const EXIT = { fine: 0, findings: 1, wrongUse: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
