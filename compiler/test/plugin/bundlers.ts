import { join, resolve } from "node:path";
import { type BuildOptions, build as esbuild } from "esbuild";
import { rollup } from "rollup";
import { createUnplugin } from "unplugin";
import { build as vite } from "vite";
import webpack from "webpack";
import { agentpolicy, type PluginOptions } from "../../src/plugin/index.ts";
import { builtRuntime } from "../support/load-module.ts";

/** What a bundler said: where it stands, in the words of the plugin. */
export interface Said {
  readonly text: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
}

export interface Built {
  /** The bundle, or null where the build failed. */
  readonly file: string | null;
  readonly errors: readonly Said[];
  readonly warnings: readonly Said[];
  readonly watched: readonly string[];
}

export type Bundler = (folder: string, options?: PluginOptions) => Promise<Built>;

interface RollupMessage {
  readonly message: string;
  readonly loc?: { readonly file?: string | undefined; readonly line: number } | undefined;
}

const said = ({ message, loc }: RollupMessage): Said => ({ text: message, file: loc?.file, line: loc?.line });

/** The runtime's parts, from its sources rather than from whatever was built last. */
const parts = createUnplugin(() => ({
  name: "runtime",
  resolveId: (id) => (RUNTIME.test(id) ? partOf(id) : null),
}));

const RUNTIME = /^@agentpolicy\/runtime\//;

const partOf = (id: string): string => join(builtRuntime(), `${id.replace(RUNTIME, "")}.mjs`);

const withRollup: Bundler = async (folder, options) => {
  const warnings: Said[] = [];
  try {
    const bundle = await rollup({
      input: join(folder, "app.js"),
      plugins: [agentpolicy.rollup({ root: folder, ...options }), parts.rollup()],
      onwarn: (warning) => void warnings.push(said(warning)),
    });
    const file = join(folder, "out", "rollup.mjs");
    await bundle.write({ file, format: "esm", sourcemap: true });
    return { file, errors: [], warnings, watched: bundle.watchFiles };
  } catch (error) {
    const { watchFiles = [] } = error as { readonly watchFiles?: readonly string[] };
    return { file: null, errors: [said(error as RollupMessage)], warnings, watched: watchFiles };
  }
};

const withVite: Bundler = async (folder, options) => {
  const warnings: Said[] = [];
  try {
    await vite({
      root: folder,
      configFile: false,
      logLevel: "silent",
      plugins: [agentpolicy.vite({ root: folder, ...options }), parts.vite()],
      build: {
        outDir: "out",
        emptyOutDir: false,
        minify: false,
        sourcemap: true,
        lib: { entry: "app.js", formats: ["es"], fileName: () => "vite.mjs" },
        rollupOptions: { onwarn: (warning) => void warnings.push(said(warning)) },
      },
    });
    return { file: join(folder, "out", "vite.mjs"), errors: [], warnings, watched: [] };
  } catch (error) {
    const { errors = [error] } = error as { readonly errors?: readonly unknown[] };
    return { file: null, errors: errors.map((each) => said(each as RollupMessage)), warnings, watched: [] };
  }
};

const withEsbuild: Bundler = async (folder, options) => {
  const outfile = join(folder, "out", "esbuild.mjs");
  const given = {
    entryPoints: [join(folder, "app.js")],
    outfile,
    bundle: true,
    format: "esm" as const,
    sourcemap: true,
    logLevel: "silent" as const,
    plugins: [agentpolicy.esbuild({ root: folder, ...options })],
    alias: { "@agentpolicy/runtime": builtRuntime() },
    resolveExtensions: [".mjs", ".js"],
  } satisfies BuildOptions;
  const from = (
    list: readonly { text: string; location: { file: string; line: number } | null }[],
  ): readonly Said[] =>
    list.map(({ text, location }) => ({
      text,
      file: location === null ? undefined : resolve(location.file),
      line: location?.line,
    }));
  try {
    const { warnings } = await esbuild(given);
    return { file: outfile, errors: [], warnings: from(warnings), watched: [] };
  } catch (error) {
    const { errors = [], warnings = [] } = error as { errors?: never[]; warnings?: never[] };
    return { file: null, errors: from(errors), warnings: from(warnings), watched: [] };
  }
};

const withWebpack: Bundler = (folder, options) =>
  new Promise((done, fail) => {
    const compiler = webpack({
      context: folder,
      mode: "development",
      devtool: "source-map",
      entry: "./app.js",
      output: {
        path: join(folder, "out"),
        filename: "webpack.mjs",
        module: true,
        library: { type: "module" },
      },
      experiments: { outputModule: true },
      plugins: [agentpolicy.webpack({ root: folder, ...options }), parts.webpack()],
    });
    compiler!.run((error, stats) => {
      if (error !== null || stats === undefined) return fail(error);
      const from = (list: readonly Error[]): readonly Said[] =>
        list.map(({ message }) => ({ text: message }));
      const { errors, warnings, fileDependencies } = stats.compilation;
      const file = errors.length === 0 ? join(folder, "out", "webpack.mjs") : null;
      compiler!.close(() =>
        done({ file, errors: from(errors), warnings: from(warnings), watched: [...fileDependencies] }),
      );
    });
  });

/** The bundlers, each as its users call it. */
export const BUNDLERS: Readonly<Record<string, Bundler>> = {
  rollup: withRollup,
  vite: withVite,
  esbuild: withEsbuild,
  webpack: withWebpack,
};
