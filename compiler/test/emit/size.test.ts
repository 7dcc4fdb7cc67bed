import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { NUMBER, recordOf, required, STRING } from "@agentpolicy/language";
import { buildSync } from "esbuild";
import { describe, expect, it } from "vitest";
import { emitModule } from "../../src/emit/emit.ts";
import { makePlan } from "../../src/plan/make.ts";
import * as p from "../support/build.ts";

/** Bytes as shipped: bundled, minified, gzip. Raising a ceiling is a decision to be written down in the same change. */
const CEILINGS = {
  rule: 800,
  withHelper: 2048,
};

const bundle = (
  contents: string,
  external: readonly string[] = [],
): { readonly text: string; readonly inputs: readonly string[] } => {
  const { outputFiles, metafile } = buildSync({
    stdin: { contents, resolveDir: fileURLToPath(new URL("../../..", import.meta.url)) },
    conditions: ["agentpolicy-source"],
    external: [...external],
    bundle: true,
    minify: true,
    metafile: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  return { text: outputFiles[0]!.text, inputs: Object.keys(metafile.inputs) };
};

const gzip = (text: string): number => gzipSync(text, { level: 9 }).length;

const oneRule = () =>
  emitModule(
    makePlan(
      p.policy({
        name: "ops",
        tools: [p.tool("delete_database", {})],
        roots: { context: recordOf([["env", required(STRING)]]) },
        rules: [
          p.rule("ops.nuke", "deny", {
            on: ["delete_database"],
            when: p.equal(p.path("context.env"), p.constant("prod")),
          }),
        ],
      }),
    ),
  ).code;

describe("what a compiled policy costs to ship", () => {
  it("a policy of one rule is at most 800 bytes, and 2 kB with all that it imports", () => {
    const alone = gzip(bundle(oneRule(), ["@agentpolicy/*"]).text);
    const whole = gzip(bundle(oneRule()).text);
    console.info(`a policy of one rule: ${alone} bytes, with the helper ${whole}`);
    expect(alone).toBeLessThanOrEqual(CEILINGS.rule);
    expect(whole).toBeLessThanOrEqual(CEILINGS.withHelper);
  });

  it("a policy brings no parser, list, track or merge that it does not use", () => {
    const { inputs } = bundle(oneRule());
    const parts = inputs
      .map((path) => /runtime\/src\/(.*)\.ts$/.exec(path)?.[1])
      .filter((part) => part !== undefined);
    expect(parts.sort()).toEqual([
      "artifact/decisions",
      "artifact/defaults",
      "artifact/index",
      "artifact/misfit",
      "artifact/policy",
      "values/text",
    ]);
  });

  it("a policy brings the parser that it uses", () => {
    const when = p.method(
      "list.contains",
      p.constant(["acme.com"]),
      p.method("email.domain", p.parse("email", p.path("input.to"))),
    );
    const code = emitModule(
      makePlan(
        p.policy({
          tools: [p.tool("t", { to: required(STRING) })],
          rules: [p.rule("p.a", "allow", { when })],
        }),
      ),
    ).code;
    const { inputs } = bundle(code);
    expect(inputs.some((path) => path.endsWith("values/email.ts"))).toBe(true);
    expect(inputs.some((path) => /values\/(url|path|ip|command|glob|instant)\.ts$/.test(path))).toBe(false);
  });

  it("a hundred tools with three rules each are under 120 bytes a rule", () => {
    const names = Array.from({ length: 100 }, (_, i) => `server${i % 7}.tool_${i}`);
    const amount = p.path("input.amount");
    const { code } = emitModule(
      makePlan(
        p.policy({
          tools: names.map((name) => p.tool(name, { amount: required(NUMBER) })),
          roots: { context: recordOf([["env", required(STRING)]]) },
          rules: names.flatMap((name, i) => [
            p.rule(`p.small-${i}`, "allow", {
              on: [name],
              when: p.compare("<=", amount, p.constant(i * 37)),
            }),
            p.rule(`p.large-${i}`, "approval_required", {
              on: [name],
              when: p.compare(">", amount, p.constant(i * 37)),
            }),
            p.rule(`p.prod-${i}`, "deny", {
              on: [name],
              when: p.equal(p.path("context.env"), p.constant(`prod-${i}`)),
            }),
          ]),
        }),
      ),
    );
    const bytes = gzip(bundle(code, ["@agentpolicy/*"]).text) / 300;
    console.info(`a hundred tools with three rules each: ${bytes.toFixed(1)} bytes a rule`);
    expect(bytes).toBeLessThan(120);
  });
});
