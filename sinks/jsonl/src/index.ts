export { type AuditLine, readJsonLines } from "./read.ts";
export { type JsonLinesOptions, jsonLines } from "./write.ts";
