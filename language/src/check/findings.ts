import { diagnose, type Problem } from "../diagnostics/define.ts";
import type { Diagnostic, Fix, Related } from "../diagnostics/diagnostic.ts";
import type { Location } from "../text/span.ts";

/** Facts that every kind of problem may use: the tools for which it was found, by whole name. */
export interface ForTools {
  readonly tools: readonly string[];
}

export interface More {
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
}

interface Entry {
  readonly make: (tools: readonly string[]) => Diagnostic;
  readonly tools: Set<string>;
  /** Counts only if no tool was found for which the same place is fine. */
  readonly everywhere: boolean;
}

/**
 * What was found in one subject (a rule, a function, …). A rule is checked once for each group of its tools, so the same
 * mistake may be met several times: it is one finding, with the tools gathered.
 */
export interface Findings {
  /** The tools of the group under check. */
  group: readonly string[];
  /** Above zero while text is checked that cannot be reached for this group. */
  muted: number;
  /** Errors met so far, muted ones included. */
  errors: number;
  /** Where the missing guard of each place was reported: one guard there mends all that follows. */
  readonly guards: Map<string, number>;
  readonly entries: Map<string, Entry>;
  readonly clean: Set<string>;
}

export const newFindings = (): Findings => ({
  group: [],
  muted: 0,
  errors: 0,
  guards: new Map(),
  entries: new Map(),
  clean: new Set(),
});

const UNKNOWN_ARGUMENT = "unknown-argument ";
const UNGUARDED = "unguarded-optional ";

const keyOf = (code: string, at: Location): string => `${code} ${at.file} ${at.start} ${at.end}`;

/** Records a problem for the group under check. */
export const report = <Facts extends object>(
  findings: Findings,
  kind: Problem<Facts & ForTools>,
  facts: Facts,
  at: Location,
  more: More & { readonly everywhere?: boolean } = {},
): void => {
  if (kind.severity === "error") findings.errors += 1;
  if (findings.muted > 0) return;
  const key = keyOf(kind.code, at);
  const known = findings.entries.get(key);
  if (known !== undefined) {
    for (const tool of findings.group) known.tools.add(tool);
    return;
  }
  findings.entries.set(key, {
    make: (tools) => diagnose(kind, { ...facts, tools }, at, more),
    tools: new Set(findings.group),
    everywhere: more.everywhere ?? false,
  });
};

/** Records that the problem is not there for the group under check: a finding `everywhere` then does not count. */
export const reportClean = (findings: Findings, kind: Problem<never>, at: Location): void => {
  if (findings.muted === 0) findings.clean.add(keyOf(kind.code, at));
};

/** The findings as diagnostics. `all` are the tools of the subject; a finding that is not about all of them names its tools. */
export const flush = (findings: Findings, all: number): readonly Diagnostic[] => {
  const diagnostics: Diagnostic[] = [];
  for (const [key, entry] of findings.entries) {
    if (entry.everywhere && findings.clean.has(key)) continue;
    // Optional in some tools and unknown in others: one guard mends both.
    const twin = findings.entries.get(key.replace(UNKNOWN_ARGUMENT, UNGUARDED));
    if (key.startsWith(UNKNOWN_ARGUMENT) && twin !== undefined) continue;
    const tools = [...entry.tools].sort();
    const diagnostic = entry.make(tools);
    const isPartial = tools.length > 0 && tools.length < all;
    const saysWhich = tools.some((tool) =>
      `${diagnostic.message} ${diagnostic.label}`.includes(`\`${tool}\``),
    );
    diagnostics.push(isPartial && !saysWhich ? withTools(diagnostic, tools) : diagnostic);
  }
  return diagnostics;
};

const withTools = (diagnostic: Diagnostic, tools: readonly string[]): Diagnostic => ({
  ...diagnostic,
  label: `${diagnostic.label === undefined ? "" : `${diagnostic.label}, `}for ${listTools(tools)}`,
});

/** "`a`, `b` and 3 more tools". */
export const listTools = (tools: readonly string[]): string => {
  const quoted = tools.slice(0, tools.length > 3 ? 2 : 3).map((tool) => `\`${tool}\``);
  const more = tools.length - quoted.length;
  if (more > 0) return `${quoted.join(", ")} and ${more} more tools`;
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} and ${quoted.at(-1)}`;
};
