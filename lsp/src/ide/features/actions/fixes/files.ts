import { type Answer, pathTo } from "../action.ts";
import type { AnswerTable } from "./answers.ts";
import { itemAt } from "./declarations.ts";

/** Answers to files that are not there. */
export const FILE_ANSWERS: AnswerTable = {
  "missing-file": ({ snapshot, file }, { span }): readonly Answer[] => {
    const item = itemAt(file, span);
    const from =
      item?.kind === "import"
        ? item.path
        : item?.kind === "tools" || item?.kind === "let"
          ? item.from
          : undefined;
    if (item === undefined || from === undefined || !pathTo(file, span).includes(from)) return [];
    if (from.value === "" || from.value.endsWith("/")) return [];
    const path = snapshot.program.host.resolve(file.path, from.value);
    if (snapshot.program.host.read(path) !== undefined) return [];
    const text = item.kind === "import" ? "" : item.kind === "tools" ? '{\n  "tools": []\n}\n' : "[]\n";
    return [{ title: `create \`${from.value}\``, edits: [], created: { [path]: text } }];
  },
};
