import type { Changed, Checkpoint, Checkpoints, Values } from "@agentpolicy/runtime";
import { readValues } from "../../arguments/values.ts";
import { jsonText } from "../../output/json-text.ts";
import { momentText } from "../../output/moments.ts";
import { type Refused, refusalText, type Wanted } from "../../output/refusals.ts";
import { inline, safe } from "../../output/safe.ts";
import { givenFor } from "../../output/state.ts";
import { type Credentials, type Identity, identityOf, whoIs } from "../../person/person.ts";
import { refuse, report } from "../../report.ts";
import { EXIT, isMistake, type Mistake, mistake } from "../../result.ts";
import type { OpenStore } from "../../store/open.ts";
import type { World } from "../../world.ts";
import { onStore, type StoreOptions } from "../store-job.ts";
import { openCheckpoints } from "./desk.ts";
import { findId } from "./find.ts";

/** The options of the commands that change a checkpoint, as commander gives them. */
export interface ChangeOptions extends StoreOptions {
  readonly approvers?: string;
  readonly reason?: string;
  readonly edit?: readonly string[];
  readonly edition?: number;
}

/** What somebody wants to happen to a checkpoint. `words` are the answers. */
export interface Wish {
  readonly verb: "approve" | "reject" | "answer" | "cancel";
  readonly id: string;
  readonly words: readonly string[];
  readonly options: ChangeOptions;
}

const DONE: Readonly<Record<Wish["verb"], Wanted>> = {
  approve: "approved",
  reject: "rejected",
  answer: "answered",
  cancel: "cancelled",
};

/** A wish that can be asked for: whose it is, and the values in it. */
interface Ready extends Wish {
  readonly identity: Identity;
  readonly values: Values;
}

export const changeCheckpoint = async (wish: Wish, world: World): Promise<number> => {
  const { words, options } = wish;
  const identity = identityOf(options.approvers, world);
  if (isMistake(identity)) return report(world, identity);
  const read = readValues(options.edit ?? words);
  if (isMistake(read)) return report(world, read);
  const ready = { ...wish, identity, values: read.values };
  return onStore(options, world, (opened) => changeOn(opened, ready, world));
};

const changeOn = async (opened: OpenStore, ready: Ready, world: World): Promise<number | Mistake> => {
  const checkpoints = openCheckpoints(opened, world, ready.identity);
  const found = await findId(checkpoints, ready.id);
  if (isMistake(found)) return found;
  const changed = await asked(checkpoints, { ...ready, id: found.id });
  if (changed.ok) {
    const done = doneText(ready, changed.checkpoint, world);
    await world.out(ready.options.format === "json" ? jsonText(changed) : done);
    return EXIT.fine;
  }
  if (changed.refused === "unavailable")
    return mistake(`the store \`${opened.shown}\` does not answer: ${opened.trouble() ?? "it is too busy"}`);
  const refusal = refusalText(changed, found.id, whoIs(ready.identity));
  if (ready.options.format === "json") {
    await world.out(jsonText({ ...changed, ...refusal }));
    return EXIT.findings;
  }
  return refuse(world, `not ${DONE[ready.verb]}`, refusal satisfies Refused);
};

const asked = async (
  checkpoints: Checkpoints<Credentials>,
  { verb, id, values, options, identity }: Ready,
): Promise<Changed> => {
  const { credentials, authenticate } = identity;
  const reason = options.reason ?? "";
  const words = reason === "" ? {} : { reason };
  if (verb === "approve") {
    const edit = options.edit === undefined ? {} : { edit: values };
    return checkpoints.approve(id, credentials, { ...edit, ...words, version: options.edition ?? 0 });
  }
  if (verb === "reject") return checkpoints.reject(id, credentials, reason);
  // Where the library does not ask who it is, this command does; the door that asks writes down who was turned away.
  const person = authenticate(credentials);
  if (person === undefined) return checkpoints.reject(id, credentials, reason);
  return verb === "answer"
    ? checkpoints.answer(id, values, person.id)
    : checkpoints.cancel(id, { ...words, by: person.id });
};

/** What has become of it, and what comes next. */
const doneText = ({ verb, values, identity }: Ready, checkpoint: Checkpoint, world: World): string => {
  const { green, bold, dim } = world.style.out;
  const { id, state, request, decision, expiresAt } = checkpoint;
  const head = `${green("✓")} ${DONE[verb]} by ${safe(whoIs(identity))}: ${bold(safe(request.action.name))} ${dim(id)}\n`;
  const given = Object.entries(values).map(([path, value]) => `  ${path} = ${inline(value)}\n`);
  return `${head}${given.join("")}${next()}`;

  function next(): string {
    if (state === "approved" || state === "answered")
      return `  ${dim(`the agent may resume it until ${momentText(expiresAt)}`)}\n`;
    if (state !== "pending") return "";
    const missing = (decision.approval?.approvers ?? []).reduce(
      (sum, requirement) => sum + Math.max(0, requirement.approvals - givenFor(requirement, checkpoint)),
      0,
    );
    return `  ${dim(`it takes ${missing} more ${missing === 1 ? "approval" : "approvals"}, by other people`)}\n`;
  }
};
