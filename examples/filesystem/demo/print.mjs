import { styleText } from "node:util";

const WIDTH = 80;
const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
const colour =
  (NO_COLOR ?? "") === "" &&
  (FORCE_COLOR === undefined
    ? process.stdout.isTTY === true && TERM !== "dumb"
    : !["0", "false"].includes(FORCE_COLOR));
const paint = (format, text) => (colour ? styleText(format, text, { validateStream: false }) : text);
const print = (line = "") => console.log(line);

const EFFECTS = {
  allow: ["green", "✓ allow"],
  approval_required: ["yellow", "‖ require approval"],
  clarification_required: ["blue", "? require clarification"],
  deny: ["red", "✗ deny"],
};

/** Text in lines no wider than the screen, each after `indent` blanks. */
const wrap = (text, indent) => {
  const width = WIDTH - indent;
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== "" && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.join(`\n${" ".repeat(indent)}`);
};

const NAME = 12;
const row = (name, text, format) => {
  const wrapped = wrap(text, NAME + 4);
  print(`    ${paint("dim", name.padEnd(NAME))}${format === undefined ? wrapped : paint(format, wrapped)}`);
};

export const heading = ({ server, version, tools, manifest, milliseconds }) => {
  print();
  print(`  ${paint("bold", "AgentPolicy guards a real MCP server")}`);
  print();
  row("server", `${server} ${version}, over stdio`);
  row("tools", `${tools}, as the server lists them now`);
  row("policy", `${manifest.name} ${manifest.version}: ${Object.keys(manifest.rules).length} rules`);
  row("compiled", `in ${Math.round(milliseconds)} ms, against those tools (${manifest.hash.slice(0, 12)})`);
};

/** What one step says. Paths are shown from the scratch folder. */
export const say = (number, stage) => ({
  title: (text) => {
    print();
    const line = `── ${number} ─ ${text} `;
    print(paint("bold", line) + paint("dim", "─".repeat(Math.max(0, WIDTH - line.length))));
  },
  call: ({ action }) => {
    row("call", action.name, "bold");
    for (const [name, value] of Object.entries(action.input)) {
      const shown = stage.short(JSON.stringify(value));
      row("", `${name}: ${shown.length > 52 ? `${shown.slice(0, 51)}…` : shown}`, "cyan");
    }
  },
  result: ({ decision, checkpoint, executed, value }) => {
    const [format, words] = EFFECTS[decision.decision];
    const approved = executed && decision.decision === "approval_required";
    row("decision", approved ? `${words}: approved` : words, [format, "bold"]);
    row(
      decision.code === "rule" ? "rule" : "code",
      decision.code === "rule" ? decision.rules.join(", ") : decision.code,
    );
    for (const reason of decision.reasons) row("reason", stage.short(reason));
    for (const { ask } of decision.clarification?.questions ?? []) row("question", ask);
    if (checkpoint !== undefined && !executed) row("checkpoint", `${checkpoint.id.slice(0, 16)}… waits`);
    if (executed) row("server", stage.short(String(value)).trim());
  },
  after: (what, outcome) => row("then", `${what}: ${outcome}`, "magenta"),
  checks: (checks) => {
    for (const [index, { what, holds }] of checks.entries()) {
      row(index === 0 ? "really" : "", `${holds ? "✓" : "✗"} ${what}`, holds ? "green" : ["red", "bold"]);
    }
  },
});

export const closing = (steps, wrong) => {
  print();
  print(paint("dim", "─".repeat(WIDTH)));
  const fine = `  ✓ ${steps} calls: one ran, one was denied, one approved, one clarified, one refused.\n    The disk says the same.`;
  print(
    wrong === 0
      ? paint(["green", "bold"], fine)
      : paint(["red", "bold"], `  ✗ ${wrong} things are not as they should be.`),
  );
  print();
};
