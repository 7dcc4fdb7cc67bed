import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkLayers } from "../layers/check.mjs";

const real = JSON.parse(readFileSync(new URL("../../layers.json", import.meta.url), "utf8"));
const entry = (path) => ({ "agentpolicy-source": path });
const manifests = new Map([
  ["", { devDependencies: { vitest: "1" } }],
  [
    "runtime",
    {
      name: "@agentpolicy/runtime",
      exports: {
        ".": entry("./src/index.ts"),
        "./abi": entry("./src/abi/index.ts"),
        "./values/*": entry("./src/values/*.ts"),
      },
    },
  ],
  [
    "language",
    {
      name: "@agentpolicy/language",
      dependencies: { "@agentpolicy/runtime": "1" },
      exports: { ".": entry("./src/index.ts") },
    },
  ],
  [
    "compiler",
    {
      name: "@agentpolicy/compiler",
      dependencies: { "@agentpolicy/language": "1" },
      exports: { ".": entry("./src/index.ts") },
    },
  ],
]);
const use = 'import "@agentpolicy/runtime/values/path";';
const uses = { "language/src/uses.ts": use, "compiler/src/uses.ts": 'import "@agentpolicy/language";' };

/** The violations in a repository that is clean but for the planted files. */
const plant = (planted, layers = real) =>
  checkLayers(new Map(Object.entries({ ...uses, ...planted })), { ...layers, allow: {} }, manifests);

describe("a clean repository", () => {
  it("has no violations", () => expect(plant({})).toEqual([]));
  it("may use what the edges allow", () => {
    const text =
      'import type { A } from "@agentpolicy/language"; export const at = new Date(0).getTime() + Date.parse("x");';
    expect(plant({ "compiler/src/a.ts": text })).toEqual([]);
  });
});

const edges = [
  ["language/src/a.ts", 'import { x } from "@agentpolicy/runtime";', "language may not import runtime"],
  ["language/src/a.ts", 'export * from "@agentpolicy/runtime/abi";', "language may not import runtime/abi"],
  ["language/src/a.ts", 'import type { C } from "@agentpolicy/compiler";', "not a dependency"],
  ["language/src/a.ts", 'type C = import("@agentpolicy/compiler").C;', "not a dependency"],
  ["language/src/a.ts", 'import "lodash";', "`lodash` is not a dependency of @agentpolicy/language"],
  ["language/src/a.ts", 'import "vitest";', "`vitest` is not a dependency of @agentpolicy/language"],
  ["language/src/a.ts", 'import "@agentpolicy/runtime/nothing";', "is no entry"],
  ["language/src/a.ts", 'import "../../compiler/src/uses.ts";', "leaves the package"],
  ["language/src/a.ts", 'import "../test/helper.ts";', "is a test"],
  ["language/src/a.ts", 'import fs from "node:fs";', "(node)"],
  ["language/src/a.ts", 'import fs from "fs";', "(node)"],
  ["language/src/a.ts", 'import fs = require("node:fs");', "(require)"],
  ["elsewhere/a.ts", "export {};", "belongs to no room"],
];

const bans = [
  ["const t = Date.now();", "Date.now"],
  ['const t = Date["now"]();', "Date.now"],
  ["const t = Date[name]();", "Date.[…]"],
  ["const { now } = Date;", "Date as a value"],
  ["const t = new Date();", "new Date()"],
  ["const t = Date();", "Date as a value"],
  ["const r = Math.random();", "Math.random"],
  ["const M = Math;", "Math as a value"],
  ["const id = crypto.randomUUID();", "crypto"],
  ['eval("1");', "eval"],
  ['const f = new Function("return 1");', "Function"],
  ['const f = Function("return 1");', "Function"],
  ['const m = await import("./b.ts");', "import()"],
  ["const m = await import(name);", "import()"],
  ['const m = require("x");', "require"],
  ["const u = import.meta.url;", "import.meta"],
  ["process.exit(1);", "process"],
  ["globalThis.Date.now();", "globalThis"],
  ["// @ts-ignore\nconst a = 1;", "@ts-ignore"],
  ["// @ts-nocheck\nconst a = 1;", "@ts-nocheck"],
  ["/* biome-ignore-all lint: why */ const a = 1;", "biome-ignore-all"],
  ["// biome-ignore lint/suspicious/noExplicitAny: why\nconst a = 1;", "noExplicitAny"],
];

describe("a planted violation is caught", () => {
  it.each(edges)("%s %s", (path, text, message) => {
    expect(plant({ [path]: text }).join("\n")).toContain(message);
  });
  it.each(bans)("%s", (text, found) => {
    expect(plant({ "language/src/a.ts": text }).join("\n")).toContain(found);
  });
  it("in a room of its own within a package", () => {
    const planted = {
      "runtime/src/values/a.ts": 'import "../guard.ts";',
      "runtime/src/guard.ts": "export {};",
    };
    expect(plant(planted).join("\n")).toContain("runtime/values may not import runtime");
  });
  it("in a test that reaches into another package's sources", () => {
    const planted = { "compiler/test/a.test.ts": 'import "../../language/src/uses.ts";' };
    expect(plant(planted).join("\n")).toContain("leaves the package");
    const shared = {
      "compiler/test/a.test.ts": 'import "../../language/test/support.ts"; import "../src/uses.ts";',
    };
    expect(plant(shared)).toEqual([]);
  });
  it("in a package within a folder of packages", () => {
    const nested = new Map([
      ...manifests,
      ["stores/sqlite", { name: "@agentpolicy/sqlite", dependencies: { "@agentpolicy/runtime": "1" } }],
    ]);
    const text =
      'import "@agentpolicy/runtime"; import "@agentpolicy/language"; import "../../postgres/src/a.ts";';
    const found = checkLayers(
      new Map(Object.entries({ ...uses, "stores/sqlite/src/a.ts": text })),
      { ...real, allow: {} },
      nested,
    );
    expect(found).toEqual([
      "stores/sqlite/src/a.ts:1: `@agentpolicy/language` is not a dependency of @agentpolicy/sqlite",
      "stores/sqlite/src/a.ts:1: `../../postgres/src/a.ts` leaves the package; import it by its name",
    ]);
  });
  it("and named with its line", () => {
    expect(plant({ "language/src/a.ts": "\n\nDate.now();" })).toEqual([
      "language/src/a.ts:3: `Date.now` is not allowed in language (clock)",
    ]);
  });
  it("also where a dependency is declared and used by nothing", () => {
    const found = checkLayers(new Map(), { ...real, allow: {} }, manifests);
    expect(found).toContain(
      "language/package.json:1: `@agentpolicy/runtime` is a dependency that nothing imports",
    );
  });
});

describe("what only looks like one", () => {
  const fine = [
    "const a = { Date: 1, eval: 2 }; a.eval;",
    "const process = (x: number) => x; process(1);",
    "const x = request.Function;",
    "export const ok = (d: Date): boolean => d instanceof Date;",
    '// eval("x") and Date.now() in a comment\nexport const text = "Math.random()";',
  ];
  it.each(fine)("%s", (text) => expect(plant({ "language/src/a.ts": text })).toEqual([]));
});
