import type { Diagnostic } from "@agentpolicy/language";
import type { Answer, Site } from "../action.ts";
import { CONDITION_ANSWERS } from "./conditions.ts";
import { DECLARATION_ANSWERS } from "./declarations.ts";
import { FILE_ANSWERS } from "./files.ts";
import { RULE_ANSWERS } from "./rules.ts";
import { SYNTAX_ANSWERS } from "./syntax.ts";
import { TEST_ANSWERS } from "./tests.ts";
import { TOOL_ANSWERS } from "./tools.ts";
import { VALUE_ANSWERS } from "./values.ts";

/** What can be done about a finding that does not carry it itself: it takes a look at what stands around. */
export type AnswerTable = Readonly<Record<string, (site: Site, finding: Diagnostic) => readonly Answer[]>>;

const TABLES: readonly AnswerTable[] = [
  CONDITION_ANSWERS,
  DECLARATION_ANSWERS,
  FILE_ANSWERS,
  RULE_ANSWERS,
  SYNTAX_ANSWERS,
  TEST_ANSWERS,
  TOOL_ANSWERS,
  VALUE_ANSWERS,
];

export const moreAnswers = (site: Site, finding: Diagnostic): readonly Answer[] =>
  TABLES.flatMap((table) =>
    Object.hasOwn(table, finding.code) ? (table[finding.code]?.(site, finding) ?? []) : [],
  );
