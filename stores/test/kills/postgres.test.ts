import { afterAll, describe } from "vitest";
import { inDatabase } from "../support/places.ts";
import { startPostgres } from "../support/server.ts";
import { killing } from "./killing.ts";

const server = await startPostgres();
const database = inDatabase(server?.url ?? "");

describe.skipIf(server === null)("on Postgres", () => {
  afterAll(async () => {
    await database.end();
    await server?.stop();
  });

  killing(database.place, 200);
});
