import { resolve } from "node:path";
import { createUnplugin, type UnpluginInstance, type UnpluginOptions } from "unplugin";
import { compileFile } from "./compile.ts";
import { writeChanged } from "./files.ts";
import { messageOf } from "./messages.ts";

/** How policies are bundled. */
export interface PluginOptions {
  /** Whether `NAME.d.agentpolicy.ts` is written beside each policy, so that its import has types; true where absent. */
  readonly types?: boolean;
  /** The folder that paths in compiled policies are relative to; the current one where absent. */
  readonly root?: string;
}

const POLICY = /\.agentpolicy(?:\?[^/]*)?$/;

const plugin = (options: PluginOptions = {}): UnpluginOptions => ({
  name: "agentpolicy",
  enforce: "pre",
  load: {
    filter: { id: POLICY },
    handler(id) {
      const root = resolve(options.root ?? ".");
      const file = id.replace(/\?[^/]*$/, "");
      const { module, diagnostics, sources, files } = compileFile(file, root);
      for (const each of files) this.addWatchFile(each);
      for (const each of diagnostics) {
        if (each.severity === "warning") this.warn(messageOf([each], sources, root));
      }
      if (module === null) {
        const errors = diagnostics.filter(({ severity }) => severity === "error");
        this.error(messageOf(errors, sources, root));
        // Some bundlers go on after an error. What they write must not run without its policy.
        return 'throw new Error("The policy has errors and was not compiled.");';
      }
      if (options.types !== false) writeChanged(typesFile(file), module.types);
      return { code: module.code, map: absoluteMap(root, module.map) };
    },
  },
  esbuild: { loader: "js" },
});

/** Bundlers do not agree on what relative sources of a map are relative to; they write out absolute ones as relative. */
const absoluteMap = (root: string, map: string): SourceMap => {
  const parsed = JSON.parse(map) as SourceMap;
  return { ...parsed, sources: parsed.sources.map((source) => resolve(root, source)) };
};

interface SourceMap {
  readonly version: 3;
  readonly file: string;
  readonly names: string[];
  readonly sources: string[];
  readonly sourcesContent: string[];
  readonly mappings: string;
}

/** Where TypeScript looks for the types of `payments.agentpolicy` (`allowArbitraryExtensions`). */
const typesFile = (file: string): string => file.replace(/\.agentpolicy$/, ".d.agentpolicy.ts");

/**
 * `import policy from "./payments.agentpolicy"` for Vite, Rollup, webpack, esbuild and others: `agentpolicy.vite()`,
 * `agentpolicy.rollup()`, … Errors in a policy stop the build; warnings are the bundler's warnings; imports and
 * catalogues are watched. For types, `allowArbitraryExtensions` must be set in `tsconfig.json`.
 */
export const agentpolicy: UnpluginInstance<PluginOptions | undefined, false> = createUnplugin(plugin);
