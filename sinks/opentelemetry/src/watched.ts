/** What OpenTelemetry's exporters have in common, of log records and of spans. */
export interface Exporting<Items> {
  export(items: Items, done: (result: { readonly code: number; readonly error?: Error }) => void): void;
  forceFlush?(): Promise<void>;
  shutdown(): Promise<void>;
}

/** An exporter whose failures can be asked for. */
export interface Watched<Items> {
  /** For the SDK, in the place of the one that was given. */
  readonly exporter: Required<Exporting<Items>>;
  /** Throws what an export has failed with since it was asked last. */
  readonly check: () => void;
}

/**
 * Watches an exporter: SDKs drop what could not be exported and tell nobody, not even who flushes. So the way to a sink that
 * takes only what was exported is `flush: async () => { await provider.forceFlush(); check(); }`.
 */
export function watched<Items>(exporter: Exporting<Items>): Watched<Items> {
  let failure: Error | undefined;
  return {
    exporter: {
      export: (items, done) =>
        exporter.export(items, (result) => {
          if (result.code !== 0) failure = result.error ?? new Error("OpenTelemetry: an export failed");
          done(result);
        }),
      forceFlush: async () => exporter.forceFlush?.(),
      shutdown: () => exporter.shutdown(),
    },
    check() {
      const found = failure;
      failure = undefined;
      if (found) throw found;
    },
  };
}
