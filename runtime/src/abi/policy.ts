import type { Decision, Effect, PolicyIdentity } from "./decision.ts";
import type { Actor } from "./request.ts";

/** The number that a compiled policy and the guard must agree on. */
export const ABI = 1;

/** A figure over earlier calls, by track id: a number for `count` and `sum`, a boolean for `seen`. */
export type Figures = { readonly [track: string]: number | boolean };

/** How a track is kept. `within` in milliseconds, null for ever. */
export interface TrackDeclaration {
  readonly id: string;
  readonly figure: "count" | "sum" | "seen";
  readonly per: "actor" | "session" | "policy";
  readonly within: number | null;
}

/** What one call adds to one track: 1 for `count` and `seen`, the amount for `sum`. */
export interface Contribution {
  readonly track: string;
  readonly amount: number;
}

/** A place in a policy file: zero-based lines and UTF-16 columns. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly character: number;
}

/** Facts about a compiled policy, for hosts and tools. `sources` and `tools` map paths and whole names to SHA-256 (hex). */
export interface Manifest extends PolicyIdentity {
  readonly abi: number;
  readonly sources: { readonly [path: string]: string };
  readonly tools: { readonly [tool: string]: string };
  readonly rules: { readonly [id: string]: { readonly effect: Effect; readonly at: SourcePlace } };
  readonly tracks: readonly TrackDeclaration[];
}

/** Whom `visible` is asked for. */
export interface Who {
  readonly actor: Actor;
  readonly context?: { readonly [field: string]: unknown };
}

/** Tool names and their input types, as a compiled policy's `.d.ts` gives them. */
export type Calls = { readonly [tool: string]: unknown };

/**
 * A policy that can decide: a compiled module's default export, or one made at run time. Every function is pure and
 * total: it never throws, whatever it is given.
 */
export interface Policy<C extends Calls = Calls> {
  readonly manifest: Manifest;
  /** The decision on one request. `figures` must hold every track that `reads` names, else `state_unavailable`. */
  readonly decide: (request: unknown, figures?: Figures) => Decision;
  /** Whether a call to the tool could end in anything but `deny`, before there are arguments. */
  readonly visible: (tool: string, who: Who) => boolean;
  /** The tracks that deciding on the tool reads, by id, sorted. */
  readonly reads: (tool: string) => readonly string[];
  /** What the call adds to tracks once it runs. The request is one that `decide` did not refuse. */
  readonly contributions: (request: unknown) => readonly Contribution[];
  /** The paths of the tool's requests that are never shown (`mask`), root first. */
  readonly masks: (tool: string) => readonly (readonly string[])[];
  /** Carries the tools' types; never there at run time. */
  readonly calls?: C;
}
