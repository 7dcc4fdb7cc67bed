import { setTimeout as pause } from "node:timers/promises";

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/**
 * Ends a server that is still there: asked first, then made to. The SDK's own closing is cut short where connecting has
 * failed, because a second `close` does not wait for the first.
 */
export const endChild = async (pid: number | null): Promise<void> => {
  if (pid === null) return;
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    if (!isAlive(pid)) return;
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    for (let tries = 0; tries < 50 && isAlive(pid); tries += 1) await pause(20);
  }
};
