import { afterAll, describe } from "vitest";
import { inFiles } from "../support/places.ts";
import { full } from "./full.ts";
import { killing } from "./killing.ts";

describe("on SQLite", () => {
  const files = inFiles();
  afterAll(files.end);

  killing(files.place, 200);
  full(files.place);
});
