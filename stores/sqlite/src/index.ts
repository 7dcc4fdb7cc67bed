export { type SqliteStore, sqlite } from "./sqlite.ts";
