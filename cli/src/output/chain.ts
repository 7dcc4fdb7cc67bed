import type { ChainFinding, ChainReport } from "@agentpolicy/runtime";
import { counted } from "./findings.ts";
import { momentText } from "./moments.ts";
import { brief } from "./safe.ts";
import type { Style } from "./style.ts";

/** What was found of one log. `lines`: where findings stand in a file. */
export interface Checked {
  readonly source: string;
  readonly report: ChainReport;
  readonly lines?: ReadonlyMap<ChainFinding, number>;
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

/** What a log was found to be: its findings, its head, and the calls of which nobody knows how they ended. */
export const reportText = ({ source, report, lines }: Checked, style: Style): string => {
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
    ...openText(open, style),
    ...(head.seq > 0 ? [`  ${style.dim("head")} ${head.seq}:${head.hash}\n`] : []),
    ...(ok && head.seq > 0
      ? [`  ${style.dim("note it down where nobody who writes the log can; next time --head takes it")}\n`]
      : []),
  ].join("");
};

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
