import type { Figures } from "@agentpolicy/runtime/abi";

/**
 * One feature's decisions as data. `policy` is the text of the entry file, line by line; its rules' ids begin with `p.`.
 * `request` holds what every case's request has unless the case says otherwise, field by field at the top level.
 */
export interface CaseFile {
  readonly title: string;
  /** The part of the language's design that the cases are about. */
  readonly spec: string;
  readonly policy: readonly string[];
  /** Further files by the path that the policy names. */
  readonly files?: { readonly [path: string]: string };
  readonly request: { readonly [field: string]: unknown };
  readonly cases: readonly Case[];
}

export interface Case {
  readonly name: string;
  readonly request: { readonly [field: string]: unknown };
  readonly figures?: Figures;
  /** Fields of the decision that must be exactly so; fields that are not named may be anything. */
  readonly expect: { readonly [field: string]: unknown };
}

/** The whole request of a case. */
export const requestOf = (file: CaseFile, one: Case): { readonly [field: string]: unknown } => ({
  ...file.request,
  ...one.request,
});

/** The fields of a decision that differ from what the case expects, as `field: expected …, found …`. */
export const differences = (expect: Case["expect"], decision: object): readonly string[] => {
  const found = new Map<string, unknown>(Object.entries(decision));
  return Object.entries(expect).flatMap(([field, expected]) => {
    const wanted = JSON.stringify(expected);
    const got = JSON.stringify(found.get(field));
    return sameJson(expected, found.get(field)) ? [] : [`${field}: expected ${wanted}, found ${got}`];
  });
};

/** Whether two JSON values are the same, whatever the order of their fields. */
export const sameJson = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = new Map(Object.entries(a));
  const right = new Map(Object.entries(b));
  return (
    left.size === right.size &&
    [...left].every(([key, value]) => right.has(key) && sameJson(value, right.get(key)))
  );
};
