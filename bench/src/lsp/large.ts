import { type CatalogueTool, type Field, printName, readCatalogue } from "@agentpolicy/language";

/** A policy of many lines with its catalogues. */
export interface LargePolicy {
  readonly entry: string;
  readonly text: string;
  /** Every file, the entry included. */
  readonly files: Readonly<Record<string, string>>;
}

type Chance = () => number;

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export const chanceFrom = (seed: number): Chance => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const pick = <T>(chance: Chance, list: readonly T[]): T => list[Math.floor(chance() * list.length)] as T;

/**
 * A policy of about so many lines, as a large firm might have it: blocks over tools of all catalogues with a few rules
 * each, conditions on their arguments by type, functions, tracks, constants, and a test for about every fourth block. It
 * has no errors.
 */
export const largePolicy = (
  catalogues: readonly (readonly [name: string, text: string])[],
  lines: number,
  seed = 1,
): LargePolicy => {
  const chance = chanceFrom(seed);
  const servers = catalogues.map(([, text], at) => ({
    server: `s${at}`,
    path: `s${at}.tools.json`,
    text,
    tools: readCatalogue(text, "c").tools,
  }));
  const tools = servers.flatMap(({ server, tools }) => tools.map((tool) => ({ server, tool })));
  const parts = [HEAD, ...servers.map(({ server, path }) => `tools ${server} from "./${path}"\n`), SHAPES];
  let written = parts.join("").split("\n").length;
  for (let at = 0; written < lines; at += 1) {
    const part = partOf(at, pick(chance, tools), chance);
    parts.push(part);
    written += part.split("\n").length - 1;
  }
  const text = parts.join("");
  const files = Object.fromEntries(servers.map(({ path, text }) => [path, text]));
  return { entry: "large.agentpolicy", text, files: { ...files, "large.agentpolicy": text } };
};

const HEAD = `/// What all agents of the firm may do.
policy large version "1.0.0"

`;

const SHAPES = `
actor { role: "support" | "finance" | "admin" | "bot", team?: string, level: integer }
context { env: "dev" | "staging" | "prod", ticket?: string, region?: "eu" | "us" }

let trusted = ["acme.com", "acme.io", "acme.example"]
let most = 500
let home = "/srv/agents"

fn trusted-person(role: string) = role == "admin" or role == "finance"
fn external(address: string) = email(address).domain not in trusted
fn short(text: string) = text.length < most
fn inside(name: string) = path(name).within(home)
fn busy-hour() = now.hour > 8 and now.hour < 18
fn in-production() = context.env == "prod"

track all-calls = count on * per actor within 1h
track session-calls = count on * per session

default deny

on * {
  deny too-many when all-calls > 5000
}

on * where tool.destructive {
  deny destruction-in-production
    when in-production() and actor.level < 9
}
`;

interface Chosen {
  readonly server: string;
  readonly tool: CatalogueTool;
}

const partOf = (at: number, chosen: Chosen, chance: Chance): string => {
  const block = blockOf(at, chosen, chance);
  const helper = at % 9 === 4 ? `\nlet limit-${at} = ${10 + Math.floor(chance() * 90)}\n` : "";
  const track =
    at % 17 === 3
      ? `\ntrack calls-${at} = count on ${nameOf(chosen)} per actor within ${1 + (at % 20)}h\n`
      : "";
  const test = at % 4 === 1 ? testOf(at, chosen) : "";
  return `${helper}${track}\n${block}${test}`;
};

const nameOf = ({ server, tool }: Chosen): string => `${server}.${printName(tool.name)}`;

const blockOf = (at: number, chosen: Chosen, chance: Chance): string => {
  const conditions = conditionsOf(at, chosen.tool, chance);
  const rules = Array.from({ length: 2 + Math.floor(chance() * 3) }, (_, index) => {
    const [when, unless] = [pick(chance, conditions), pick(chance, conditions)];
    const extra = pick(chance, [
      ` and actor.level > ${index + Math.floor(chance() * 50)}`,
      ` and session-calls < ${100 + at}`,
      ' and actor.role != "bot"',
      " and busy-hour()",
      ` and context.env != "${pick(chance, ["dev", "staging"])}"`,
    ]);
    return ruleOf(`r${at}-${index}`, `${when}${extra}`, unless === when ? null : unless, chance);
  });
  const track = at % 17 === 3 ? `\n  deny too-many-${at} when calls-${at} > ${at}\n` : "";
  const limit = at % 9 === 4 ? `\n  deny above-${at} when actor.level > limit-${at}\n` : "";
  return `on ${nameOf(chosen)} {\n${rules.join("\n")}${track}${limit}}\n`;
};

const ruleOf = (name: string, when: string, unless: string | null, chance: Chance): string => {
  const otherwise = unless === null ? "" : `    unless ${unless}\n`;
  const body = `    when ${when}\n${otherwise}`;
  switch (Math.floor(chance() * 4)) {
    case 0:
      return `  allow ${name}\n${body}`;
    case 1:
      return `  deny ${name}\n${body}    because "Not for {actor.role} in {context.env}."\n`;
    case 2:
      return `  require approval ${name}\n${body}    from "finance-lead", "cfo"\n    approvals 2\n    within 30m\n    risk high\n`;
    default:
      return `  require clarification ${name}\n${body}    ask "Which ticket is this about?"\n    needs context.ticket\n`;
  }
};

/** Conditions that the arguments of the tool allow; more than one, whatever they are. */
const conditionsOf = (at: number, tool: CatalogueTool, chance: Chance): readonly string[] => [
  ...[...tool.input.fields].flatMap(([name, field]) => conditionsOn(name, field, at, chance)),
  "trusted-person(actor.role)",
  `actor has team and actor.team == "team-${at % 10}"`,
  `context has region and context.region == "${pick(chance, ["eu", "us"])}"`,
  `now.weekday == "${pick(chance, ["sat", "sun"])}"`,
];

const conditionsOn = (name: string, field: Field, at: number, chance: Chance): readonly string[] => {
  const { type, optional } = field;
  const quoted = printName(name);
  const access = quoted.startsWith('"') ? `input[${quoted}]` : `input.${quoted}`;
  const guard = optional ? `input has ${quoted} and ` : "";
  const of = (...tests: readonly string[]) => tests.map((test) => `${guard}${test}`);
  switch (type.kind) {
    case "string":
      return of(
        `short(${access})`,
        `not ${access}.startsWith("x${at}")`,
        `${access}.contains("secret-${at}")`,
        `${access} like "*draft-${at % 50}"`,
      );
    case "number":
      return of(`${access} > ${1 + (at % 7)}`, `${access} * 2 < ${500 + at} + most`);
    case "boolean":
      return of(`${access}`, `not ${access}`);
    case "list":
      return type.element.kind === "string"
        ? of(`${access}.any(x => x.contains("t${at}"))`, `${access}.length > ${at % 5}`)
        : of(`${access}.length > ${at % 9}`);
    case "union": {
      const values = type.members.flatMap((member) => (member.kind === "literal" ? [member.value] : []));
      if (values.length !== type.members.length) return [];
      return of(`${access} == ${JSON.stringify(pick(chance, values))}`);
    }
    default:
      return [];
  }
};

const testOf = (at: number, chosen: Chosen): string => `
test "what part ${at} says" {
  actor { id: "bot-${at}", role: "support", level: ${at % 10} }
  context { env: "dev" }
  call ${nameOf(chosen)} raw {}
  expect deny
}
`;
