import type { Diagnostic, Edit, Fix } from "@agentpolicy/language";
import type { Action } from "../../../model.ts";
import { diagnosticsByFile } from "../../../workspace/findings.ts";
import { answerAction, type Site } from "../action.ts";
import { moreAnswers } from "./answers.ts";
import { compatible } from "./overlap.ts";

/** Answers to the findings at a place: those that they carry, those that need a look around, and one for all of a kind. */
export function quickFixes(site: Site): readonly Action[] {
  const all = diagnosticsByFile(site.snapshot).get(site.file.path) ?? [];
  const here = all.filter(({ span }) => span.start <= site.span.end && site.span.start <= span.end);
  const own = here.flatMap((finding) => [
    ...finding.fixes.map((fix) => answerAction(fix, [finding])),
    ...moreAnswers(site, finding).map((answer) => answerAction(answer, [finding])),
  ]);
  return [...told(site, merged(own)), ...allOfKind(here, all)];
}

/** Two findings may have the same answer. */
function merged(actions: readonly Action[]): readonly Action[] {
  const byChange = new Map<string, Action>();
  for (const one of actions) {
    const key = `${one.title} ${JSON.stringify(one.change())}`;
    const same = byChange.get(key);
    byChange.set(key, same ? { ...same, answers: [...(same.answers ?? []), ...(one.answers ?? [])] } : one);
  }
  return [...byChange.values()];
}

/** Different actions of one title say on which line they are. */
function told({ file }: Site, actions: readonly Action[]): readonly Action[] {
  const counts = new Map<string, number>();
  for (const { title } of actions) counts.set(title, (counts.get(title) ?? 0) + 1);
  return actions.map((one) => {
    const at = one.answers?.[0]?.span.start;
    if (at === undefined || counts.get(one.title) === 1) return one;
    return { ...one, title: `${one.title} (line ${file.text.slice(0, at).split("\n").length})` };
  });
}

/** For findings of which there are more in the file: the preferred fixes of all of them. */
function allOfKind(here: readonly Diagnostic[], all: readonly Diagnostic[]): readonly Action[] {
  const codes = new Set(here.filter((one) => preferredFix(one) !== undefined).map(({ code }) => code));
  return [...codes].flatMap((code) => {
    const same = all.filter((one) => one.code === code);
    const { edits, findings } = preferredEdits(same);
    if (findings.length < 2) return [];
    return [
      answerAction(
        { title: `fix all ${findings.length} findings \`${code}\` in this file`, edits },
        findings,
      ),
    ];
  });
}

export const preferredFix = ({ fixes }: Diagnostic): Fix | undefined =>
  fixes.find(({ preferred }) => preferred);

/** The preferred fixes that can be made together, in the order of the findings. */
export function preferredEdits(findings: readonly Diagnostic[]): {
  readonly edits: readonly Edit[];
  readonly findings: readonly Diagnostic[];
} {
  const edits: Edit[] = [];
  const answered: Diagnostic[] = [];
  for (const finding of findings) {
    const fix = preferredFix(finding);
    if (fix === undefined || fix.edits.some(({ file }) => file !== finding.file)) continue;
    const fresh = fix.edits.filter((edit) => !edits.some((one) => isSame(one, edit)));
    if (!compatible(edits, fresh)) continue;
    edits.push(...fresh);
    answered.push(finding);
  }
  return { edits, findings: answered };
}

const isSame = (one: Edit, other: Edit): boolean =>
  one.file === other.file && one.start === other.start && one.end === other.end && one.text === other.text;
