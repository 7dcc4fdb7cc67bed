import type { AuditRecord } from "@agentpolicy/runtime";
import type { Decision, Manifest } from "@agentpolicy/runtime/abi";
import { type Change, GROUPS, type Group, type Replay, type Undecided } from "../jobs/replayed.ts";
import { counted } from "./counted.ts";
import { durationText, effectText } from "./decision.ts";
import { brief } from "./safe.ts";
import { whoText } from "./state.ts";
import type { Style } from "./style.ts";

const TITLES: Readonly<Record<Group, string>> = {
  "newly-allowed": "newly allowed",
  loosened: "less strict",
  "newly-denied": "newly denied",
  tightened: "stricter",
  demands: "the same, but somebody else or something else is asked",
  words: "the same, but for other rules, reasons, risk or requirements",
};

/** How many records of one kind of change are named. */
const NAMED = 5;

/** What another policy would change, what matters most first; changes of one kind are one line. */
export const replayText = (replay: Replay, policy: string, style: Style): string => {
  const { judged, changes, undecided } = replay;
  if (judged === 0) return `${style.yellow("!")} there are no recorded judgements\n`;
  const all = counted(judged, "judgement");
  if (changes.length + undecided.length === 0)
    return `${style.green("✓")} ${all}: \`${policy}\` changes nothing\n`;
  const parts = [
    ...(changes.length > 0 ? [`${changes.length} would be different`] : []),
    ...(undecided.length > 0 ? [`${undecided.length} cannot be told`] : []),
  ];
  return [
    `${style.red("✗")} ${all} by \`${policy}\`: ${parts.join(", ")}\n`,
    ...GROUPS.map((group) =>
      groupText(
        group,
        changes.filter((change) => change.group === group),
        style,
      ),
    ),
    undecidedText(undecided, style),
  ].join("");
};

const groupText = (group: Group, changes: readonly Change[], style: Style): string => {
  if (changes.length === 0) return "";
  const paint = group === "newly-allowed" || group === "loosened" ? style.red : style.bold;
  const lines = gathered(changes, ({ record, answer: { before, after } }) =>
    [toolOf(record, style), changeText(before, after, group, style)].join("  "),
  );
  return `\n${paint(TITLES[group])} (${changes.length})\n${linesText(lines, style)}`;
};

const undecidedText = (undecided: readonly Undecided[], style: Style): string => {
  if (undecided.length === 0) return "";
  const lines = gathered(undecided, ({ record, answer: { before, masked, figures, likely } }) => {
    const why = [
      ...(masked.length > 0 ? [`masked: ${masked.join(", ")}`] : []),
      ...(figures.length > 0 ? [`not counted then: ${figures.join(", ")}`] : []),
    ];
    const perhaps = likely === undefined ? "" : `, probably ${sideText(likely, style)}`;
    return `${toolOf(record, style)}  ${sideText(before, style)} → ? ${style.dim(`(${why.join("; ") || "the request was not recorded"})`)}${perhaps}`;
  });
  return `\n${style.bold("cannot be told")} (${undecided.length})\n${linesText(lines, style)}`;
};

const toolOf = ({ tool = "(no tool)" }: AuditRecord, style: Style): string => style.bold(brief(tool, 60));

const sideText = ({ decision, rules, code }: Decision, style: Style): string =>
  `${effectText(decision, style)} ${style.dim(`(${rules.length > 0 ? rules.join(", ") : code})`)}`;

const changeText = (before: Decision, after: Decision, group: Group, style: Style): string => {
  if (group === "demands")
    return `${effectText(after.decision, style)}: ${demandsText(before)} → ${demandsText(after)}`;
  const risks = group === "words" && before.risk !== after.risk ? ` risk ${before.risk} → ${after.risk}` : "";
  return `${sideText(before, style)} → ${sideText(after, style)}${risks}`;
};

/** What a decision asks for: `2 by cfo or ceo within 30m`. */
const demandsText = ({ approval, clarification }: Decision): string => {
  const { within = 0 } = approval ?? clarification ?? {};
  const what =
    clarification?.needs.join(", ") ??
    (approval?.approvers ?? [])
      .map(({ approvals, from }) => `${approvals} by ${whoText(from)}`)
      .join(" and ");
  return `${what} within ${durationText(within)}`;
};

/** What is the same in words is one line, with the numbers of its records. */
const gathered = <T extends { readonly record: AuditRecord }>(
  all: readonly T[],
  words: (one: T) => string,
): ReadonlyMap<string, readonly number[]> => {
  const lines = new Map<string, number[]>();
  for (const one of all) {
    const text = words(one);
    const seqs = lines.get(text);
    if (seqs === undefined) lines.set(text, [one.record.seq]);
    else seqs.push(one.record.seq);
  }
  return new Map([...lines].sort(([, a], [, b]) => b.length - a.length));
};

const linesText = (lines: ReadonlyMap<string, readonly number[]>, style: Style): string =>
  [...lines]
    .map(([text, seqs]) => {
      const named = seqs.slice(0, NAMED).map((seq) => `#${seq}`);
      const more = seqs.length > NAMED ? " …" : "";
      return `  ${String(seqs.length).padStart(4)} ×  ${text}  ${style.dim(`${named.join(" ")}${more}`)}\n`;
    })
    .join("");

const byGroup = (one: Change, other: Change): number =>
  GROUPS.indexOf(one.group) - GROUPS.indexOf(other.group);

/** The same for programs: every change by itself, in the same order. */
export const replayJson = ({ judged, changes, undecided }: Replay, { name, version, hash }: Manifest) => ({
  policy: { name, version, hash },
  judged,
  same: judged - changes.length - undecided.length,
  counts: Object.fromEntries(
    GROUPS.map((group) => [group, changes.filter((change) => change.group === group).length]),
  ),
  changes: [...changes].sort(byGroup).map(({ record, group, answer: { before, after, fields } }) => ({
    group,
    ...whichOf(record),
    fields,
    before,
    after,
  })),
  undecided: undecided.map(({ record, answer: { kind: _, ...why } }) => ({ ...whichOf(record), ...why })),
});

const whichOf = ({ seq, at, tool, actor, request }: AuditRecord) => ({ seq, at, tool, actor, request });
