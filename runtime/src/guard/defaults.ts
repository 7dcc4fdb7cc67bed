// The one place where the guard touches the world; clock and ids can be given as options.

/** Epoch milliseconds. */
export const systemClock = (): number => Date.now();

/** 128 random bits, in hexadecimal. */
export const randomId = (): string => hex(crypto.getRandomValues(new Uint8Array(16)));

/** SHA-256 of a text's UTF-8, in hexadecimal. */
export const sha256 = async (text: string): Promise<string> =>
  hex(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));

const hex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** What a promise gives within `ms` milliseconds; else it rejects, and `late` gets what comes after all. */
export const inTime = <T>(promise: Promise<T>, ms: number, late?: (value: T) => unknown): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(ms);
      promise.then(late).catch(() => {});
    }, ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
