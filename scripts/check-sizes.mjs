// The numbers that the house keeps (docs: ARCHITECTURE.md): how long files and functions are, how much `any` there is.
import { parseSync } from "vite";
import { finish, ownFiles, textOf } from "./files.mjs";
import { walk } from "./layers/names.mjs";

const LIMITS = { file: 500, long: 350, longShare: 0.03, median: 120, function: 60, anyPerThousand: 1 };

const sources = ownFiles().filter((path) => /(?:^|\/)src\/.*\.ts$|^scripts\/.*\.mjs$/.test(path));
const lineOf = (text, offset) => text.slice(0, offset).split("\n").length;
const findings = [];
const lengths = [];
let anys = 0;

for (const path of sources) {
  const text = textOf(path);
  const lines = text.split("\n").length - 1;
  lengths.push(lines);
  if (lines > LIMITS.file) findings.push(`${path}:1: ${lines} lines, more than ${LIMITS.file}`);
  walk(parseSync(path, text).program, (node) => {
    if (node.type === "TSAnyKeyword") anys += 1;
    if (!/^(Arrow)?Function(Expression|Declaration)?(Expression)?$/.test(node.type) || !node.body) return;
    const long = lineOf(text, node.end) - lineOf(text, node.start) + 1;
    if (long > LIMITS.function) {
      findings.push(
        `${path}:${lineOf(text, node.start)}: a function of ${long} lines, more than ${LIMITS.function}`,
      );
    }
  });
}

lengths.sort((a, b) => a - b);
const total = lengths.reduce((sum, lines) => sum + lines, 0);
const median = lengths[Math.floor(lengths.length / 2)] ?? 0;
const long = lengths.filter((lines) => lines > LIMITS.long).length;
const share = (anys * 1000) / Math.max(total, 1);

if (median > LIMITS.median) findings.push(`the median file has ${median} lines, more than ${LIMITS.median}`);
if (long > lengths.length * LIMITS.longShare) findings.push(`${long} files are over ${LIMITS.long} lines`);
if (share > LIMITS.anyPerThousand) findings.push(`\`any\` stands ${anys} times in ${total} lines`);
finish(
  findings,
  `${lengths.length} files, ${total} lines; median ${median}, longest ${lengths.at(-1) ?? 0}, over ${LIMITS.long}: ${long}; any: ${anys}`,
);
