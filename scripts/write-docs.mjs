// `npm run docs`: writes the documents that are made from code. `npm run check docs` says when they are out of date.
import { writeFileSync } from "node:fs";
import { cliReference } from "./docs/cli-reference.mjs";
import { loadProgram } from "./docs/program.mjs";
import { ROOT } from "./files.mjs";

writeFileSync(`${ROOT}/docs/cli.md`, cliReference(await loadProgram()));
console.log("wrote docs/cli.md");
