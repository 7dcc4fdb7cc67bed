// The one place where the guard touches the world; clock and ids can be given as options.

/** Epoch milliseconds. */
export const systemClock = (): number => Date.now();

/** 122 random bits. */
export const randomId = (): string => crypto.randomUUID();

/** What a promise gives within `ms` milliseconds; else it rejects, and `late` gets what comes after all. */
export const inTime = <T>(promise: Promise<T>, ms: number, late?: (value: T) => unknown): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(ms);
      promise.then(late).catch(() => {});
    }, ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
