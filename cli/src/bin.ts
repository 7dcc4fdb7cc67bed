import { userInfo } from "node:os";
import { main } from "./main.ts";
import { makeStyle, wantsColour } from "./output/style.ts";
import type { World } from "./world.ts";

const cleanUps = new Set<() => Promise<void>>();

/** Ends the process once what was written has left it. */
const leave = async (code: number): Promise<never> => {
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise<void>((resolve) =>
      stream.writableLength === 0 ? resolve() : stream.write("", () => resolve()),
    );
  }
  process.exit(code);
};

// The reader of a pipe has gone (`agentpolicy … | head`): there is nobody left to write to, and that is no mistake.
const onPipeError = (error: NodeJS.ErrnoException): void => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
};
process.stdout.on("error", onPipeError);
process.stderr.on("error", onPipeError);

let interrupted = false;

const interrupt = (code: number) => async () => {
  interrupted = true;
  await Promise.all([...cleanUps].map((cleanUp) => cleanUp()));
  process.exit(code);
};

const SIGNALS = [
  ["SIGINT", interrupt(130)],
  ["SIGTERM", interrupt(143)],
] as const;

/** Signals are taken only while there is something to clean up: without a listener they end even a busy process at once. */
const onInterrupt = (cleanUp: () => Promise<void>): (() => void) => {
  if (cleanUps.size === 0) for (const [signal, listener] of SIGNALS) process.once(signal, listener);
  cleanUps.add(cleanUp);
  return () => {
    cleanUps.delete(cleanUp);
    if (cleanUps.size === 0) for (const [signal, listener] of SIGNALS) process.off(signal, listener);
  };
};

/** By the user's id, whatever the environment says. */
const login = (): string | undefined => {
  try {
    return userInfo().username;
  } catch {
    // In containers there may be a user without an entry.
    return undefined;
  }
};

const world: World = {
  cwd: process.cwd(),
  out: (text) => new Promise((resolve) => process.stdout.write(text, () => resolve())),
  // What fails because it was interrupted is no news.
  err: (text) => void (interrupted || process.stderr.write(text)),
  stdin: process.stdin,
  style: {
    out: makeStyle(wantsColour(process.env, process.stdout.isTTY === true)),
    err: makeStyle(wantsColour(process.env, process.stderr.isTTY === true)),
  },
  env: process.env,
  login,
  now: () => Date.now(),
  onInterrupt,
  terminal: process.stdout.isTTY === true,
};

main(process.argv.slice(2), world).then(leave, (error: unknown) => {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `agentpolicy failed; this is a fault of the command, not of your policy. Please report it:\n${text}\n`,
  );
  process.exit(70);
});
