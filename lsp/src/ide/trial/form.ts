import { type Json, schemaOf } from "@agentpolicy/language";
import type { Snapshot } from "../snapshot.ts";
import { readyPolicy } from "./ready.ts";
import { sampleOf } from "./sample.ts";

/** What a form for a call needs: the schemas of its parts, and a request to begin with. */
export interface CallForm {
  readonly tool: string;
  readonly title: string | null;
  readonly doc: string | null;
  /** JSON Schema of the tool's arguments, as its catalogue has it. */
  readonly input: Json;
  /** JSON Schemas of `actor`, `context` and the rest, as the policy declares them. */
  readonly roots: Readonly<Record<string, Json>>;
  /** Figures over earlier calls that the policy reads for this tool, by id. */
  readonly tracks: readonly string[];
  readonly request: { readonly [root: string]: Json };
}

/** The form for a tool; null where no catalogue declares it. */
export function callForm(snapshot: Snapshot, tool: string): CallForm | null {
  const { facts } = snapshot.result;
  const declared = facts.tools.get(tool);
  if (declared === undefined) return null;
  const roots = Object.entries(facts.roots).filter(([, type]) => type.kind === "record");
  const samples = roots
    .map(([name, type]) => [name, sampleOf(type)] as const)
    .filter(([, value]) => isFilled(value));
  return {
    tool,
    title: declared.title,
    doc: declared.doc,
    input: declared.schema,
    roots: Object.fromEntries(roots.map(([name, type]) => [name, schemaOf(type)])),
    tracks: readyPolicy(snapshot)?.policy.reads(tool) ?? [],
    request: {
      ...Object.fromEntries(samples),
      actor: { type: "agent", id: "agent-1", ...recordOf(sampleOf(facts.roots.actor)) },
      action: { name: tool, input: sampleOf(declared.input) },
    },
  };
}

const isFilled = (value: Json): boolean =>
  typeof value === "object" && value !== null && Object.keys(value).length > 0;

/** The fields of a sample, less those that the request has a better value for. */
const recordOf = (value: Json): Readonly<Record<string, Json>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).filter(([name]) => name !== "type" && name !== "id"))
    : {};
