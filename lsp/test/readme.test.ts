import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { DEFAULT_SETTINGS, settingsFrom } from "../src/server/settings.ts";

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const README = readFileSync(file("../README.md"), "utf8");

test("every request beside the protocol's is told of, and no other", () => {
  const sources = readdirSync(file("../src/server"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(file(`../src/server/${name}`), "utf8"));
  const made = new Set(
    sources.flatMap((text) => [...text.matchAll(/"(agentpolicy\/\w+)"/g)].map(([, name]) => name)),
  );
  const told = new Set([...README.matchAll(/^\| `(agentpolicy\/\w+)` \|/gm)].map(([, name]) => name));
  expect(told).toEqual(made);
});

test("every setting is told of, with its default", () => {
  const told = new Map(
    [...README.matchAll(/^\| `(inlayHints(?:\.\w+)?|codeLens|severity)` \| `([^`]+)` \|/gm)].map(
      ([, name = "", value = ""]) => [name, JSON.parse(value)] as const,
    ),
  );
  const { inlayHints, codeLens, severity } = DEFAULT_SETTINGS;
  const each = Object.entries(inlayHints).map(([name, value]) => [`inlayHints.${name}`, value] as const);
  expect(told).toEqual(
    new Map<string, unknown>([["inlayHints", true], ...each, ["codeLens", codeLens], ["severity", severity]]),
  );
});

test("settings that are none are as by default; errors keep their severity", () => {
  for (const given of [undefined, null, 5, [], { inlayHints: 5, codeLens: "x", severity: [] }])
    expect(settingsFrom(given)).toEqual(DEFAULT_SETTINGS);
  expect(settingsFrom({ inlayHints: false }).inlayHints).toEqual({
    types: false,
    counts: false,
    parameters: false,
  });
  expect(settingsFrom({ inlayHints: { types: false } }).inlayHints).toMatchObject({
    types: false,
    counts: true,
  });
  const severity = {
    "unused-name": "hint",
    "unknown-argument": "off",
    "no-such-code": "off",
    "needless-has": "loud",
  };
  expect(settingsFrom({ severity }).severity).toEqual({ "unused-name": "hint" });
});
