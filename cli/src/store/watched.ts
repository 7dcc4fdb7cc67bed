import type { Store } from "@agentpolicy/runtime";

/** A store, and what it last rejected with; undefined while all is well. */
export interface Watched {
  readonly store: Store;
  readonly trouble: () => unknown;
}

/** The same store, which remembers what it rejects with: those who use it only say that it was unavailable. */
export const watched = (inner: Store): Watched => {
  let trouble: unknown;
  const noted = (answer: unknown): unknown =>
    answer instanceof Promise
      ? answer.catch((error: unknown) => {
          trouble = error;
          throw error;
        })
      : answer;
  const listening = <T extends object>(methods: T): T =>
    Object.fromEntries(
      Object.entries(methods).map(([name, method]) => [
        name,
        typeof method === "function" ? (...given: unknown[]) => noted(method(...given)) : method,
      ]),
    ) as T;
  const { log } = inner;
  const store = { ...listening(inner), ...(log === undefined ? {} : { log: listening(log) }) };
  return { store, trouble: () => trouble };
};
