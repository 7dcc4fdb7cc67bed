import type { CheckedPolicy, Root, Tool, ToolProperty } from "@agentpolicy/language";
import type { Figures, Manifest, Misfit, PolicyIdentity } from "@agentpolicy/runtime/abi";
import { type KnownAhead, makeKnownAhead } from "../plan/ahead.ts";
import { checksOf, keyedBySession, readsOf } from "../plan/checks.ts";
import { type Cover, coverOf, order } from "../plan/cover.ts";
import { makeCanFault } from "../plan/faults.ts";
import { policyHash } from "../plan/hash.ts";
import { manifestOf } from "../plan/manifest.ts";
import { maskPaths } from "../plan/masks.ts";
import type { Check } from "../plan/plan.ts";
import { makeReader, type Reader } from "../plan/reads.ts";
import { freeze } from "./decision.ts";
import type { Scope } from "./evaluate.ts";
import { misfitOf } from "./fits.ts";
import { FAULT, gives, type Outcome } from "./outcome.ts";
import { readField } from "./read.ts";

/** A policy made ready for interpretation. */
export interface Subject {
  readonly policy: CheckedPolicy;
  readonly manifest: Manifest;
  readonly identity: PolicyIdentity;
  readonly reader: Reader;
  readonly ahead: KnownAhead;
  /** Null where the tool is unknown and no `on unknown` block stands. */
  readonly about: (tool: string) => About | null;
}

/** What a policy says about one tool. */
export interface About {
  readonly name: string;
  readonly tool: Tool | null;
  readonly cover: Cover;
  readonly checks: readonly Check[];
  /** Ids of the tracks read, sorted. */
  readonly tracks: readonly string[];
  readonly masks: readonly (readonly string[])[];
}

export function makeSubject(policy: CheckedPolicy): Subject {
  const manifest = freeze(manifestOf(policy, policyHash(policy)));
  const reader = makeReader(policy);
  const known = new Map<string | null, Omit<About, "name">>();
  const { name, version, hash } = manifest;
  return {
    policy,
    manifest,
    identity: freeze({ name, version, hash }),
    reader,
    ahead: makeKnownAhead(policy, makeCanFault(policy)),
    about: (called) => {
      const tool = policy.tools.get(called) ?? null;
      if (tool === null && !policy.coversUnknown) return null;
      const key = tool?.name ?? null;
      let facts = known.get(key);
      if (facts === undefined) {
        facts = factsOf(policy, tool, reader);
        known.set(key, facts);
      }
      return { name: called, ...facts };
    },
  };
}

function factsOf(policy: CheckedPolicy, tool: Tool | null, reader: Reader): Omit<About, "name"> {
  const cover = coverOf(policy, tool?.name ?? null);
  const reads = readsOf(policy, cover, reader);
  return {
    tool,
    cover,
    checks: checksOf(policy, tool, reads, keyedBySession(policy, cover, reads)),
    tracks: [...reads.tracks].sort(order),
    masks: maskPaths(cover.masks),
  };
}

/**
 * A root's value: `input` is the action's, the others the request's own. Absent object roots count as `{}`, absent
 * `evidence` as `[]`.
 */
export function rootOf(request: unknown, root: Root): Outcome {
  const action = readField(request, "action");
  const holder = root === "input" ? (action.kind === "value" ? action.value : undefined) : request;
  const value = readField(holder, root);
  if (value.kind !== "absent" || root === "actor" || root === "now") return value;
  return gives(root === "evidence" ? [] : {});
}

/** The first part of a request that does not fit what is read of it, or null (step 2). */
export function firstMisfit(request: unknown, checks: readonly Check[]): Misfit | null {
  for (const { root, type } of checks) {
    const value = rootOf(request, root);
    if (value.kind === "unreadable" || value.kind === "fault") {
      return { ...misfitOf(undefined, type, [root])!, found: "unreadable" };
    }
    const misfit = misfitOf(value.kind === "value" ? value.value : undefined, type, [root]);
    if (misfit !== null) return misfit;
  }
  return null;
}

/** What expressions about one request see. */
export function scopeOf(
  subject: Subject,
  about: About,
  request: unknown,
  figures: Figures,
  trace?: Scope["trace"],
): Scope {
  return {
    root: (root) => {
      const value = rootOf(request, root);
      return value.kind === "absent" ? FAULT : value;
    },
    tool: (property) => toolProperty(about, property),
    figure: (track) => figureOf(subject.policy, figures, track) ?? FAULT,
    functions: subject.policy.functions,
    locals: new Map(),
    ...(trace && { trace }),
  };
}

/** A track's figure, or null where it is absent or of the wrong kind. */
export function figureOf(policy: CheckedPolicy, figures: unknown, id: string): Outcome | null {
  const figure = readField(figures, id);
  if (figure.kind !== "value") return null;
  const seen = policy.tracks.get(id)?.figure === "seen";
  const fits = seen ? typeof figure.value === "boolean" : Number.isFinite(figure.value);
  return fits ? figure : null;
}

function toolProperty({ name, tool }: About, property: ToolProperty): unknown {
  switch (property) {
    case "name":
      return name;
    case "server":
      return tool?.server;
    case "title":
      return tool?.title;
    default:
      return tool?.hints[property];
  }
}
