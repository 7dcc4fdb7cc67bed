import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Decision, Policy } from "@agentpolicy/runtime/abi";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { linesWithErrors } from "../support/tsc.ts";
import { BUNDLERS } from "./bundlers.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

const FILES: Readonly<Record<string, string>> = {
  "payments.agentpolicy": `policy payments version "1.0.0"
import "./org.agentpolicy" as org
tools bank from "./bank.tools.json"
on bank.transfer_money {
  allow small when input.amount <= 500 and not org.external(input.to)
  require approval large when input.amount > 500 because "Pay {input.amount}."
}
`,
  "org.agentpolicy": `fn external(address: string) = email(address).domain not in ["acme.com"]\n`,
  "bank.tools.json": JSON.stringify({
    tools: [
      {
        name: "transfer_money",
        inputSchema: {
          type: "object",
          properties: { to: { type: "string" }, amount: { type: "number" } },
          required: ["to", "amount"],
        },
      },
    ],
  }),
  "app.js": `import policy from "./payments.agentpolicy";
export const decide = (input) =>
  policy.decide({ actor: { type: "agent", id: "a" }, action: { name: "bank.transfer_money", input } });
export default policy;
`,
};

interface App {
  readonly decide: (input: unknown) => Decision;
  readonly default: Policy;
}

let folder = "";
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);

beforeEach(() => {
  mkdirSync(join(root, ".scratch"), { recursive: true });
  folder = mkdtempSync(join(root, ".scratch", "plugin-"));
  for (const [name, text] of Object.entries(FILES)) write(name, text);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

for (const [name, build] of Object.entries(BUNDLERS)) {
  describe(`with ${name}`, () => {
    it("an app imports its policy and runs it", async () => {
      const { file, errors } = await build(folder);
      expect(errors).toEqual([]);
      const app = (await import(/* @vite-ignore */ pathToFileURL(file!).href)) as App;
      expect(app.decide({ to: "a@acme.com", amount: 5 })).toMatchObject({
        decision: "allow",
        rules: ["payments.small"],
      });
      expect(app.decide({ to: "a@b.com", amount: 501 })).toMatchObject({
        decision: "approval_required",
        reasons: ["Pay 501."],
      });
      expect(app.decide({ to: "nobody", amount: 5 })).toMatchObject({
        decision: "deny",
        code: "invalid_value",
      });
      expect(app.decide({ amount: 5 })).toMatchObject({ misfit: { path: "input.to", found: "absent" } });
      expect(Object.keys(app.default.manifest.sources).sort()).toEqual([
        "bank.tools.json",
        "org.agentpolicy",
        "payments.agentpolicy",
      ]);
      expect(readFileSync(file!, "utf8")).not.toContain(folder);
    });

    it("errors of a policy stop the build, with file, line and frame", async () => {
      write(
        "payments.agentpolicy",
        FILES["payments.agentpolicy"]!.replace("input.amount > 500", "input.amout > 500"),
      );
      const { file, errors } = await build(folder, { types: false });
      expect(file).toBeNull();
      expect(errors).toHaveLength(1);
      expect(errors[0]!.text).toContain("error[unknown-argument]");
      expect(errors[0]!.text).toMatch(/6 .*require approval large when input\.amout > 500/);
      // webpack has no field for a place; there the frame says it.
      if (name !== "webpack")
        expect(errors[0]).toMatchObject({ line: 6, file: join(folder, "payments.agentpolicy") });
    });

    it("an error in an imported file names that file", async () => {
      write("org.agentpolicy", "fn external(address: string) = emial(address) == 1\n");
      const { file, errors } = await build(folder);
      expect(file).toBeNull();
      expect(errors[0]!.text).toContain("org.agentpolicy:1:");
    });

    it("warnings of a policy are warnings", async () => {
      write("payments.agentpolicy", `${FILES["payments.agentpolicy"]}let unused-one = 5\n`);
      const { errors, warnings } = await build(folder);
      expect(errors).toEqual([]);
      expect(warnings.map(({ text }) => text).join()).toContain("warning[unused");
    });

    it("the bundle's source map leads back to the policy", async () => {
      mkdirSync(join(folder, "rules"));
      write(
        "rules/deep.agentpolicy",
        "policy deep\ntools { t(n: number) }\non t { allow few when input.n < 1234567 }\n",
      );
      write("app.js", 'export { default } from "./rules/deep.agentpolicy";\n');
      const { file } = await build(folder);
      const code = readFileSync(file!, "utf8").split("\n");
      const line = code.findIndex((text) => text.includes("< 1234567"));
      const trace = new TraceMap(readFileSync(`${file}.map`, "utf8"));
      const at = originalPositionFor(trace, {
        line: line + 1,
        column: code[line]!.indexOf("input_n < 1234567"),
      });
      expect(at.line).toBe(3);
      expect(at.source).toMatch(/(?:^|\/)rules\/deep\.agentpolicy$/);
      expect(at.source).not.toContain("rules/rules");
    });

    it("types are written beside the policy, once", async () => {
      const types = join(folder, "payments.d.agentpolicy.ts");
      await build(folder, { types: false });
      expect(existsSync(types)).toBe(false);
      await build(folder);
      expect(readFileSync(types, "utf8")).toContain('"bank.transfer_money": { amount: number; to: string }');
      const before = statSync(types, { bigint: true }).mtimeNs;
      await build(folder);
      expect(statSync(types, { bigint: true }).mtimeNs).toBe(before);
    });
  });
}

describe("the types beside a policy", () => {
  it("are found by the real compiler, and stop a wrong call", async () => {
    await BUNDLERS.rollup!(folder);
    write(
      "app.ts",
      `import type { Calls, Policy, Request } from "@agentpolicy/runtime/abi";
import policy from "./payments.agentpolicy";
declare const ask: <C extends Calls, N extends keyof C & string>(policy: Policy<C>, request: Request<N, C[N]>) => void;
const actor = { type: "agent", id: "a" };
ask(policy, { actor, action: { name: "bank.transfer_money", input: { to: "a", amount: 1 } } });
ask(policy, { actor, action: { name: "bank.transfer_money", input: { to: "a", amount: "1" } } });
ask(policy, { actor, action: { name: "bank.transfer", input: { to: "a", amount: 1 } } });
`,
    );
    expect(linesWithErrors(folder, "app.ts", { allowArbitraryExtensions: true })).toEqual([6, 7]);
    // Without the setting TypeScript does not look for them.
    expect(linesWithErrors(folder, "app.ts", {})).toContain(2);
  });
});

describe("what is watched", () => {
  for (const name of ["rollup", "webpack"]) {
    it(`${name} watches imports and catalogues`, async () => {
      const { watched } = await BUNDLERS[name]!(folder);
      for (const file of ["payments.agentpolicy", "org.agentpolicy", "bank.tools.json"])
        expect(watched).toContain(join(folder, file));
    });
  }
});
