import { type CatalogueTool, format } from "@agentpolicy/language";
import { sampleOf } from "./sample.ts";
import { type SortedTool, type SortedTools, sortTools } from "./sort.ts";
import { commentLine, writtenName, writtenValue } from "./words.ts";

/** A starting policy: the texts of two files. */
export interface Starter {
  readonly policy: string;
  readonly tests: string;
  readonly counts: { readonly allowed: number; readonly approval: number; readonly denied: number };
}

/**
 * A policy to start from, made from the tools' own hints: what only reads may run, what may destroy waits for
 * approval, the rest is denied with a comment that says why; and a test for every tool.
 *
 * @param name the policy's and server's name, one that the language takes
 * @param tools the server's tools
 * @param catalogue the catalogue's path as the policy writes it
 */
export const makeStarter = (name: string, tools: readonly CatalogueTool[], catalogue: string): Starter => {
  const sorted = sortTools(tools);
  return {
    policy: format(policyText(name, sorted, catalogue)).text,
    tests: format(testsText(name, sorted)).text,
    counts: { allowed: sorted.reads.length, approval: sorted.destroys.length, denied: sorted.rest.length },
  };
};

const policyText = (name: string, { reads, destroys, rest }: SortedTools, catalogue: string): string =>
  [
    `/// A policy to start from, made from what the tools of ${name} say of themselves.`,
    `policy ${name} version "0.1.0"`,
    "",
    `tools ${name} from ${JSON.stringify(catalogue)}`,
    "",
    "default deny",
    ...section(reads.length > 0, [
      "// These tools say that they only read. Look through them: reading can still give secrets away.",
      `on ${list(name, reads)} {`,
      "  allow reads",
      "}",
    ]),
    ...section(destroys.length > 0, [
      "// These tools may destroy something: they say so, or they do not say, which MCP counts as the same.",
      `on ${list(name, destroys)} {`,
      "  require approval destructive-calls",
      '    because "The tool may destroy or overwrite something."',
      "}",
    ]),
    ...section(rest.length > 0, [
      "// These tools are denied by the default: they change something, though they say that they destroy nothing.",
      "// Allow the ones that you need, with conditions on their input.",
      ...rest.map(
        ({ tool }) => `//   ${commentLine(`${tool.name}${tool.doc === null ? "" : ` - ${tool.doc}`}`, 96)}`,
      ),
    ]),
    "",
  ].join("\n");

const section = (there: boolean, lines: readonly string[]): readonly string[] =>
  there ? ["", ...lines] : [];

const list = (server: string, tools: readonly SortedTool[]): string =>
  tools.map(({ tool }) => `${server}.${writtenName(tool.name)}`).join(", ");

const testsText = (name: string, { reads, destroys, rest }: SortedTools): string =>
  [
    `// Tests of ${name}.agentpolicy: \`agentpolicy test\` runs them. Each tool is called with the least input that it takes.`,
    ...testText("what only reads may run", name, reads, "allow by reads"),
    ...testText(
      "what may destroy waits for approval",
      name,
      destroys,
      "require approval by destructive-calls",
    ),
    ...testText("everything else is denied", name, rest, "deny code default"),
    "",
  ].join("\n");

const testText = (
  title: string,
  server: string,
  tools: readonly SortedTool[],
  expected: string,
): readonly string[] =>
  section(tools.length > 0, [
    `test ${JSON.stringify(title)} {`,
    ...tools.flatMap(({ tool }) => [
      `  call ${server}.${writtenName(tool.name)} ${inputText(tool)}`,
      `  expect ${expected}`,
    ]),
    "}",
  ]);

/** The least input that fits, or none at all where no such input is found. */
const inputText = ({ input }: CatalogueTool): string => {
  const sample = sampleOf(input);
  return sample === null ? "raw {}" : writtenValue(sample.value);
};
