// `npm run check`: everything that must hold before a change is done, one line a step. Goes on after a failure, shows
// what each failed step said, and ends with a summary. `npm run check layers docs` runs only those steps.
import { spawn } from "node:child_process";
import { ROOT } from "./files.mjs";

const node = (script) => [process.execPath, `scripts/${script}`];
const tool = (name, ...args) => [process.execPath, `node_modules/${name}`, ...args];

const STEPS = [
  { name: "types", what: "strict TypeScript, sources and tests", run: tool("typescript/bin/tsc", "-b") },
  {
    name: "lint",
    what: "lint and format",
    run: tool("@biomejs/biome/bin/biome", "ci", "--colors=off", "--error-on-warnings", "."),
  },
  { name: "layers", what: "who may import whom", run: node("check-layers.mjs") },
  { name: "sizes", what: "lengths of files and functions", run: node("check-sizes.mjs") },
  { name: "portable", what: "no path or host of one machine", run: node("check-portable.mjs") },
  { name: "timings", what: "no test measures a time", run: node("check-timings.mjs") },
  { name: "bytes", what: "byte ceilings of what is shipped", run: node("check-bytes.mjs") },
  { name: "docs", what: "documents say what is true", run: node("check-docs.mjs") },
  { name: "examples", what: "examples check, pass and are up to date", run: node("check-examples.mjs") },
  { name: "tests", what: "all tests", run: tool("vitest/vitest.mjs", "run") },
];

const paint = process.stdout.isTTY && process.env.NO_COLOR === undefined;
const green = (text) => (paint ? `\x1b[32m${text}\x1b[0m` : text);
const red = (text) => (paint ? `\x1b[31m${text}\x1b[0m` : text);

/** Runs one step; its output is kept and shown only where it fails. */
const runStep = ({ run: [program, ...args] }) =>
  new Promise((resolve) => {
    const started = performance.now();
    // CI: snapshots are compared and never written.
    const child = spawn(program, args, { cwd: ROOT, env: { ...process.env, CI: "1", NO_COLOR: "1" } });
    const chunks = [];
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.stderr.on("data", (chunk) => chunks.push(chunk));
    child.on("error", (error) => chunks.push(Buffer.from(String(error.message))));
    child.on("close", (code) => {
      const output = Buffer.concat(chunks).toString("utf8").trim();
      resolve({ ok: code === 0, output, seconds: (performance.now() - started) / 1000 });
    });
  });

/** A step can say very much; its end is mostly what matters. */
const lastOf = (output) => {
  const lines = output.split("\n");
  return lines.length <= 120
    ? output
    : `(${lines.length - 120} lines before)\n${lines.slice(-120).join("\n")}`;
};

const wanted = process.argv.slice(2);
const strange = wanted.filter((name) => !STEPS.some((step) => step.name === name));
if (strange.length > 0) {
  console.error(`no step \`${strange[0]}\`; there are ${STEPS.map(({ name }) => name).join(", ")}`);
  process.exit(2);
}

const results = [];
for (const step of STEPS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const result = await runStep(step);
  results.push({ ...step, ...result });
  const sign = result.ok ? green("ok  ") : red("FAIL");
  const last = result.output.split("\n").at(-1) ?? "";
  const note = result.ok && last.length <= 90 ? last : step.what;
  console.log(`${sign} ${step.name.padEnd(9)} ${`${result.seconds.toFixed(1)}s`.padStart(6)}  ${note}`);
}

const failed = results.filter(({ ok }) => !ok);
for (const { name, output } of failed)
  console.log(`\n${red(`── ${name} `.padEnd(80, "─"))}\n${lastOf(output)}`);
console.log(
  failed.length === 0
    ? `\n${green(`All ${results.length} checks hold.`)}`
    : `\n${red(`${failed.length} of ${results.length} checks fail: ${failed.map(({ name }) => name).join(", ")}.`)}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
