interface Waiting<T> {
  readonly items: readonly T[];
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** With how many items a batch is full; what was given at once is never divided. */
const FULL = 500;

/**
 * Gives to `write`, one batch at a time, what comes while the batch before is being written. Each call resolves or rejects
 * with its own batch.
 */
export function inBatches<T>(
  write: (items: readonly T[]) => Promise<void>,
): (items: readonly T[]) => Promise<void> {
  const waiting: Waiting<T>[] = [];
  let busy = false;

  const nextBatch = (): readonly Waiting<T>[] => {
    let [calls, items] = [0, 0];
    while (calls < waiting.length && items < FULL) items += waiting[calls++]?.items.length ?? 0;
    return waiting.splice(0, calls);
  };
  const run = async () => {
    busy = true;
    // Those who come in the same moment go together.
    await undefined;
    while (waiting.length > 0) {
      const batch = nextBatch();
      try {
        await write(batch.flatMap(({ items }) => items));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    busy = false;
  };
  return (items) =>
    new Promise((resolve, reject) => {
      waiting.push({ items, resolve, reject });
      if (!busy) void run();
    });
}
