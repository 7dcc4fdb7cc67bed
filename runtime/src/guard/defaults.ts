// The one place where the guard touches the world; clock and ids can be given as options.

/** Epoch milliseconds. */
export const systemClock = (): number => Date.now();

/** 122 random bits. */
export const randomId = (): string => crypto.randomUUID();

/** The SHA-256 (hex) of a text as UTF-8. */
export const sha256 = async (text: string): Promise<string> =>
  Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))), (byte) =>
    (256 + byte).toString(16).slice(1),
  ).join("");

/** Resolves after some milliseconds. */
export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The same, and no reason for the process to stay. */
export const idle = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms) as unknown as { readonly unref?: () => void };
    timer.unref?.();
  });

/** What a promise gives within `ms` milliseconds; else it rejects, and `late` gets what comes after all. */
export const inTime = <T>(promise: Promise<T>, ms: number, late?: (value: T) => unknown): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(ms);
      promise.then(late).catch(() => {});
    }, ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
