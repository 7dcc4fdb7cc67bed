import type { Manifest } from "@agentpolicy/runtime/abi";
import { makeCanFault } from "../plan/faults.ts";
import { manifestOf } from "../plan/manifest.ts";
import type { Plan } from "../plan/plan.ts";
import type { Lines } from "./lines.ts";
import { comment, quote } from "./literal.ts";
import { manifestCode } from "./manifest.ts";
import { type Module, makeModule, SECTIONS } from "./module.ts";
import { withoutMarks } from "./source-map.ts";
import { type EmittedTool, emitTool } from "./tool.ts";
import { typesOf } from "./types.ts";

/** How to write a module. */
export interface EmitOptions {
  /**
   * The name of the file that the code goes into. Where it is given the code ends by naming its source map, which is to lie
   * beside it as `FILE.map`.
   */
  readonly file?: string;
  /** The package that the module imports its helper from; `@agentpolicy/runtime` where absent. */
  readonly runtime?: string;
}

/** A compiled policy: an ES module, its types (`.d.ts`), its source map (JSON, version 3) and its manifest. */
export interface EmittedModule {
  readonly code: string;
  readonly types: string;
  readonly map: string;
  readonly manifest: Manifest;
}

/**
 * Writes a plan as an ES module whose default export is the policy. The same plan gives the same bytes; the order of
 * rules, blocks and files shows nowhere but in comments and positions.
 */
export const emitModule = (plan: Plan, options: EmitOptions = {}): EmittedModule => {
  const { policy } = plan;
  const file = options.file ?? `${policy.name}.policy.js`;
  const runtime = options.runtime ?? "@agentpolicy/runtime";
  const module = makeModule(policy, makeCanFault(policy));
  const manifest = manifestOf(policy, plan.hash);
  const body = moduleBody(plan, manifest, module);
  const marked = [...header(plan), ...importLines(module, runtime), "", ...body];
  const link = options.file === undefined ? [] : [`//# sourceMappingURL=${encodeURIComponent(file)}.map`];
  const { code, map } = withoutMarks(`${[...marked, ...link].join("\n")}\n`, module, file);
  return { code, types: typesOf(plan, runtime), map, manifest };
};

const header = ({ policy }: Plan): Lines => {
  const [entry] = policy.sources;
  const version = policy.version === null ? "" : ` ${policy.version}`;
  return [
    `// ${comment(`The policy ${policy.name}${version}, compiled from ${entry?.path ?? policy.name}. Do not edit: edit that.`)}`,
  ];
};

const moduleBody = (plan: Plan, manifest: Manifest, module: Module): Lines => {
  const identity = [quote(manifest.name), quotedOrNull(manifest.version), quote(manifest.hash)];
  const me = `const me = ${module.use("artifact", "identity")}(${identity.join(", ")});`;
  const names = [...plan.tools.keys()].sort();
  const tools = names.map((name) => [quote(name), emitTool(plan.tools.get(name)!, module)] as const);
  const unknown = plan.unknown === null ? null : emitTool(plan.unknown, module);
  const make = module.use("artifact", "policy");
  const args = ["me", "manifest", "tools", ...(unknown === null ? [] : [parts(unknown)])];
  return [
    me,
    "",
    ...definitions(module),
    "const tools = [",
    ...tools.map(([name, tool]) => `  [${name}, ${parts(tool)}],`),
    "];",
    "",
    `const manifest = ${manifestCode(manifest)};`,
    "",
    `export default ${make}(${args.join(", ")});`,
  ];
};

const quotedOrNull = (text: string | null): string => (text === null ? "null" : quote(text));

const parts = ({ decide, facts }: EmittedTool): string => (facts === null ? decide : `${decide}, ${facts}`);

const definitions = (module: Module): Lines =>
  SECTIONS.flatMap((section) => {
    const lines = module.definitions[section].flatMap(({ name, text, about }) => [
      ...aboutLines(about),
      `const ${name} = ${text};`,
      ...(text.includes("\n") ? [""] : []),
    ]);
    return lines.length === 0 || lines.at(-1) === "" ? lines : [...lines, ""];
  });

/** So many things are named before the rest of them is counted. */
const NAMED = 8;

const aboutLines = (about: ReadonlySet<string>): Lines => {
  if (about.size === 0) return [];
  const names = [...about].slice(0, NAMED).map(comment).join(", ");
  return [`// ${names}${about.size > NAMED ? ` and ${about.size - NAMED} more` : ""}`];
};

const importLines = (module: Module, runtime: string): Lines =>
  [...module.imports]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([from, names]) => {
      const list = [...names].sort().map((name) => {
        const local = module.use(from, name);
        return local === name ? name : `${name} as ${local}`;
      });
      return `import { ${list.join(", ")} } from ${quote(`${runtime}/${from}`)};`;
    });
