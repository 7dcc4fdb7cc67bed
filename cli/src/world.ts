import type { Style } from "./output/style.ts";

/** All that the commands know of the world around them; `bin.ts` makes the real one. */
export interface World {
  /** Absolute. */
  readonly cwd: string;
  /** Writes to standard output; resolves once it is safe to write more. */
  readonly out: (text: string) => Promise<void>;
  readonly err: (text: string) => void;
  readonly stdin: AsyncIterable<Buffer>;
  readonly style: { readonly out: Style; readonly err: Style };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The name under which the operating system knows whoever runs the command; undefined where it knows none. */
  readonly login: () => string | undefined;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Runs the clean-up when the command is interrupted; call the result to take it back. */
  readonly onInterrupt: (cleanUp: () => Promise<void>) => () => void;
  /** Whether standard output is a terminal. */
  readonly terminal: boolean;
}
