export type { Case, CaseFile } from "./case.ts";
export { differences, requestOf, sameJson } from "./case.ts";
export { loadCases } from "./load.ts";
