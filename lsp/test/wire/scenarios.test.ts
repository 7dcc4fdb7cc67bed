import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scenarios } from "../support/scenario.ts";
import { ABLE } from "../support/wire/capabilities.ts";
import { type Client, startClient } from "../support/wire/client.ts";
import { FEATURES } from "../support/wire/features/all.ts";
import { layOut } from "../support/wire/scene.ts";

/** Scenarios of what is a part of several features and none by itself. */
const NO_FEATURES = ["words"];

const folders = readdirSync(fileURLToPath(new URL("../../spec/", import.meta.url))).filter(
  (name) => !NO_FEATURES.includes(name),
);
let client: Client;

beforeAll(async () => {
  client = await startClient({ capabilities: ABLE, options: { commands: true } });
});
afterAll(() => client.end());

// The same scenarios, asked of the built server, must give the same answers as the pure functions.
for (const [feature, ask] of Object.entries(FEATURES)) {
  if (!folders.includes(feature)) continue;
  scenarios(feature, async (asked) => {
    const scene = await layOut(client, asked);
    const answer = await ask(scene);
    await scene.close();
    return answer;
  });
}

test("every feature that has scenarios is asked over the wire", () => {
  expect(Object.keys(FEATURES).sort()).toEqual(folders.sort());
});
