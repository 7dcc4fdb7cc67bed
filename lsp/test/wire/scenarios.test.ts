import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scenarios } from "../support/scenario.ts";
import { ABLE } from "../support/wire/capabilities.ts";
import { type Client, startClient } from "../support/wire/client.ts";
import { FEATURES } from "../support/wire/features.ts";
import { layOut } from "../support/wire/scene.ts";

/** Scenarios of what is a part of several features and none by itself. */
const NO_FEATURES = ["words"];

let client: Client;

beforeAll(async () => {
  client = await startClient({ capabilities: ABLE });
});
afterAll(() => client.end());

// The same scenarios, asked of the built server, must give the same answers as the pure functions.
for (const [feature, ask] of Object.entries(FEATURES)) {
  scenarios(feature, async (asked) => {
    const scene = await layOut(client, asked);
    const answer = await ask(scene);
    await scene.close();
    return answer;
  });
}

test("every feature that has scenarios is asked over the wire", () => {
  const folders = readdirSync(fileURLToPath(new URL("../../spec/", import.meta.url))).filter(
    (name) => !NO_FEATURES.includes(name),
  );
  expect(Object.keys(FEATURES).sort()).toEqual(folders.sort());
});
