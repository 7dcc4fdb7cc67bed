import type { ChainFinding, ChainReport } from "@agentpolicy/runtime";
import { counted } from "./counted.ts";
import { momentText } from "./moments.ts";
import { brief } from "./safe.ts";
import type { Style } from "./style.ts";

/** What was found of one log. In a file: `lines`, where findings stand; `torn`, the lines that a crash left behind. */
export interface Checked {
  readonly source: string;
  readonly report: ChainReport;
  readonly lines?: ReadonlyMap<ChainFinding, number>;
  readonly torn?: readonly number[];
}

const WORDS: Readonly<Record<ChainFinding["kind"], string>> = {
  altered: "altered: the record is not what its hash was made of",
  missing: "missing",
  unlinked: "does not come after the record before it",
  doubled: "another record has the same number",
  out_of_order: "comes after later ones",
  cut: "cut off: by a head that was noted, the log goes on",
  replaced: "not the record of which the head was noted",
  foreign: "no record",
};

/** How many calls without an outcome are shown. */
const SHOWN = 10;

/** What logs were found to be. */
export const reportsText = (checked: readonly Checked[], style: Style): string => {
  const isSound = checked.every(({ report: { ok, head } }) => ok && head.seq > 0);
  const tip = "note the head down where nobody who writes the log can; --head takes it next time";
  return [
    checked.map((one) => reportText(one, style)).join("\n"),
    ...(isSound ? [`  ${style.dim(tip)}\n`] : []),
  ].join("");
};

/** What a log was found to be: its findings, its head, and the calls of which nobody knows how they ended. */
const reportText = ({ source, report, lines, torn = [] }: Checked, style: Style): string => {
  const { ok, findings, more, records, first, last, head, open } = report;
  const span =
    first === undefined || last === undefined
      ? ""
      : style.dim(` (#${first.seq} ${momentText(first.at)} to #${last.seq} ${momentText(last.at)})`);
  const count = findings.length + more;
  const verdict = ok
    ? `${style.green("✓")} ${source}: `
    : `${style.red("✗")} ${source}: ${style.red(counted(count, "finding"))} in `;
  return [
    `${verdict}${counted(records, "record")}${ok ? ", the chain holds" : ""}${span}\n`,
    ...findings.map(
      (finding) => `  ${style.bold(placeOf(finding, lines?.get(finding)))} ${WORDS[finding.kind]}\n`,
    ),
    ...(more > 0 ? [`  … and ${counted(more, "finding")} more\n`] : []),
    ...(torn.length > 0 ? [`  ${style.dim(tornText(torn))}\n`] : []),
    ...openText(open, style),
    ...(head.seq > 0 ? [`  ${style.dim("head")} ${head.seq}:${head.hash}\n`] : []),
  ].join("");
};

const tornText = (torn: readonly number[]): string =>
  `${torn.length === 1 ? "line" : "lines"} ${torn.slice(0, SHOWN).join(", ")}${torn.length > SHOWN ? ", …" : ""} broken off, as a crash leaves it; ` +
  "what was lost by that would be found missing";

const placeOf = (finding: ChainFinding, line: number | undefined): string => {
  const at = line === undefined ? "" : `line ${line}, `;
  if ("seq" in finding) return `${at}#${finding.seq}`;
  if (finding.kind === "foreign") return line === undefined ? `after #${finding.after}` : `line ${line}`;
  return finding.from === finding.to ? `#${finding.from}` : `#${finding.from} to #${finding.to}`;
};

const openText = (open: ChainReport["open"], style: Style): readonly string[] => {
  if (open.length === 0) return [];
  const verb = open.length === 1 ? "has" : "have";
  return [
    `  ${style.yellow(counted(open.length, "call"))} ${verb} no outcome: still running, or whoever ran them died\n`,
    ...open
      .slice(0, SHOWN)
      .map(({ seq, at, tool = "", checkpoint }) =>
        `    #${seq}  ${momentText(at)}  ${brief(tool, 60)}  ${checkpoint ?? ""}`.trimEnd().concat("\n"),
      ),
    ...(open.length > SHOWN ? [`    … and ${open.length - SHOWN} more\n`] : []),
  ];
};
