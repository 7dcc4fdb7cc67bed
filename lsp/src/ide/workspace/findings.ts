import type { Diagnostic } from "@agentpolicy/language";
import type { Snapshot } from "../snapshot.ts";

/** What one policy says of a file. */
export interface Opinion {
  readonly snapshot: Snapshot;
  /** Whether the policy is there only for its tests, and others speak for its entry. */
  readonly aside: boolean;
}

/**
 * The findings of a file, from all policies that it belongs to, each once. An error in one policy is an error. A warning or
 * a hint may be true of one policy alone (a rule that never matches there), so each policy that has no errors must find it.
 */
export function findingsOf(path: string, opinions: readonly Opinion[]): readonly Diagnostic[] {
  const whole = opinions.filter(({ aside }) => !aside);
  const asked = (whole.length > 0 ? whole : opinions).map(({ snapshot }) => ({
    own: byKey(diagnosticsByFile(snapshot).get(path) ?? []),
    sound: snapshot.result.policy !== null,
  }));
  if (asked.length === 1) return [...(asked[0]?.own.values() ?? [])];
  const sound = asked.filter((one) => one.sound);
  const judges = sound.length > 0 ? sound : asked;
  const found = new Map(asked.flatMap(({ own }) => [...own]));
  const kept = [...found].filter(
    ([key, { severity }]) => severity === "error" || judges.every(({ own }) => own.has(key)),
  );
  return kept
    .map(([, diagnostic]) => diagnostic)
    .sort((one, other) => one.span.start - other.span.start || one.span.end - other.span.end);
}

const byKey = (diagnostics: readonly Diagnostic[]): ReadonlyMap<string, Diagnostic> =>
  new Map(
    diagnostics.map((one) => [[one.code, one.span.start, one.span.end, one.message].join(" "), one] as const),
  );

const known = new WeakMap<Snapshot, ReadonlyMap<string, readonly Diagnostic[]>>();

/** The findings of a policy, by file. */
export function diagnosticsByFile(snapshot: Snapshot): ReadonlyMap<string, readonly Diagnostic[]> {
  const before = known.get(snapshot);
  if (before) return before;
  const files = new Map<string, Diagnostic[]>();
  for (const diagnostic of snapshot.result.diagnostics) {
    const own = files.get(diagnostic.file);
    if (own) own.push(diagnostic);
    else files.set(diagnostic.file, [diagnostic]);
  }
  known.set(snapshot, files);
  return files;
}
