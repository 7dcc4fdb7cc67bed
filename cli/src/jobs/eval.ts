import { resolve } from "node:path";
import { closures, explain, makePlan } from "@agentpolicy/compiler";
import type { CheckedPolicy } from "@agentpolicy/language";
import type { Loaded } from "../io/load.ts";
import { linesOf, parseJson, readStdin, readText, STDIN } from "../io/read.ts";
import { decisionText } from "../output/decision.ts";
import { explanationJson, explanationText } from "../output/explanation.ts";
import { type Places, placesIn } from "../output/places.ts";
import { report } from "../report.ts";
import { EXIT, isMistake, type Mistake, mistake } from "../result.ts";
import type { World } from "../world.ts";
import { type Judge, makeJudge } from "./judge.ts";
import { loadOne, soundPolicy } from "./one-policy.ts";

/** The options of `agentpolicy eval`, as commander gives them. */
export interface EvalOptions {
  readonly request?: string;
  readonly requests?: string;
  readonly explain?: true;
  readonly session?: true;
  readonly format: "pretty" | "json";
}

export const evaluateRequests = async (file: string, options: EvalOptions, world: World): Promise<number> => {
  const { request, requests } = options;
  if ((request === undefined) === (requests === undefined)) {
    const both = request !== undefined;
    return report(
      world,
      mistake(
        both ? "give --request or --requests, not both" : "which request? give --request or --requests",
      ),
    );
  }
  if (file === "-" && (request ?? requests) === "-") {
    return report(world, mistake("only one of policy and requests can be standard input"));
  }
  const loaded = await loadOne(file, world);
  if (isMistake(loaded)) return report(world, loaded);
  const policy = soundPolicy(loaded, world);
  if (policy === null) return EXIT.findings;
  const judge = makeJudge(closures(makePlan(policy)), options.session === true, world.now);
  const places = placesIn(loaded.sources);
  for await (const next of requestsOf(options, world)) {
    if (isMistake(next)) return report(world, next);
    await world.out(answer(next.value, { judge, policy, loaded, places }, options, world));
  }
  return EXIT.fine;
};

/** The requests one by one; those of standard input as they come. Blank lines between them are skipped. */
async function* requestsOf(
  { request, requests }: EvalOptions,
  world: World,
): AsyncGenerator<{ readonly value: unknown } | Mistake> {
  const file = request ?? requests ?? "-";
  const shown = file === "-" ? STDIN : file;
  if (requests !== undefined && file === "-") {
    for await (const { number, text } of linesOf(world.stdin)) {
      if (text.trim() !== "") yield parseJson(text, `${shown}:${number}`);
    }
    return;
  }
  const text = file === "-" ? await readStdin(world.stdin) : readText(resolve(world.cwd, file), file);
  if (isMistake(text)) yield text;
  else if (request !== undefined) yield parseJson(text, shown);
  else {
    for (const [index, line] of text.split(/\r?\n/).entries()) {
      if (line.trim() !== "") yield parseJson(line, `${shown}:${index + 1}`);
    }
  }
}

/** What answers are made with. */
interface Court {
  readonly judge: Judge;
  readonly policy: CheckedPolicy;
  readonly loaded: Loaded;
  readonly places: Places;
}

const answer = (
  raw: unknown,
  { judge, policy, loaded, places }: Court,
  options: EvalOptions,
  world: World,
): string => {
  const { decision, request, figures } = judge(raw);
  const explanation = options.explain === true ? explain(policy, request, figures) : null;
  if (options.format === "json") {
    const why = explanation === null ? {} : { explanation: explanationJson(explanation, loaded, places) };
    return `${JSON.stringify({ ...decision, ...why })}\n`;
  }
  const style = world.style.out;
  const text = decisionText(decision, toolOf(raw), style);
  const why = explanation === null ? "" : explanationText(explanation, loaded, style);
  return `${text}${why}${options.requests === undefined ? "" : "\n"}`;
};

/** The tool's name for a heading, whatever the request is. */
const toolOf = (request: unknown): string => {
  const action = fieldOf(request, "action");
  const name = fieldOf(action, "name");
  return typeof name === "string" ? name.replace(/\p{C}/gu, "·").slice(0, 100) : "(no tool)";
};

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
