import { afterAll, describe } from "vitest";
import { inDatabase } from "../../stores/test/support/places.ts";
import { startPostgres } from "../../stores/test/support/server.ts";
import { auditSuite } from "./stores/audit.ts";
import { checkpointsSuite } from "./stores/checkpoints.ts";
import { standingSuite } from "./stores/standing.ts";
import { troubleSuite } from "./stores/trouble.ts";

const server = await startPostgres();
const kind = inDatabase(server?.url ?? "");
afterAll(async () => {
  if (server === null) return;
  await kind.end();
  await server.stop();
});

describe.skipIf(server === null)("on Postgres", () => {
  describe("checkpoints", () => checkpointsSuite(() => kind));
  describe("standing approvals", () => standingSuite(() => kind));
  describe("the audit log", () => auditSuite(() => kind));
  describe("trouble", () => troubleSuite(server?.url ?? ""));
});
