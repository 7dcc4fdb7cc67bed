export type { OpenOptions } from "./open.ts";
export { type SqliteStore, sqlite } from "./sqlite.ts";
