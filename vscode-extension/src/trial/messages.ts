import type { CallForm, Json, Location, Tried } from "../protocol.ts";

/** What the page of a trial is told. */
export interface Shown {
  readonly kind: "shown";
  readonly policy: string;
  readonly errors: number;
  readonly tools: readonly string[];
  readonly tool: string | null;
  /** There when another tool was chosen, or what it takes has changed. */
  readonly form: CallForm | null;
  readonly tried: Tried | null;
}

/** What the page asks. */
export type Asked =
  | { readonly kind: "ready" }
  | { readonly kind: "choose"; readonly tool: string }
  | { readonly kind: "try"; readonly request: Json; readonly figures: Readonly<Record<string, number>> }
  | { readonly kind: "open"; readonly location: Location }
  | { readonly kind: "copy"; readonly text: string };
