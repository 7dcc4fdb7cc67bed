import { afterAll, describe } from "vitest";
import { inFiles } from "../../stores/test/support/places.ts";
import { auditSuite } from "./stores/audit.ts";
import { checkpointsSuite } from "./stores/checkpoints.ts";
import { standingSuite } from "./stores/standing.ts";

const kind = inFiles();
afterAll(() => kind.end());

describe("checkpoints on SQLite", () => checkpointsSuite(() => kind));
describe("standing approvals on SQLite", () => standingSuite(() => kind));
describe("the audit log on SQLite", () => auditSuite(() => kind));
