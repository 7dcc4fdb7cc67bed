// `npm run docs`: writes the documents and the grammar that are made from code. `npm run check docs` says when they are out of date.
import { writeFileSync } from "node:fs";
import { cliReference } from "./docs/cli-reference.mjs";
import { loadProgram } from "./docs/program.mjs";
import { ROOT } from "./files.mjs";
import { GRAMMAR_FILE, grammarText } from "./grammar/grammar.mjs";

const write = (path, text) => {
  writeFileSync(`${ROOT}/${path}`, text);
  console.log(`wrote ${path}`);
};

write("docs/cli.md", cliReference(await loadProgram()));
write(GRAMMAR_FILE, grammarText());
