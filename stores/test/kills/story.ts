// What the processes live through that are killed: everything that a guard and its people do.
import {
  type AgentIAM,
  type Approver,
  type Changed,
  type Checkpoints,
  createAgentIAM,
  createCheckpoints,
  createStandingApprovals,
  type StandingApprovals,
  type Store,
  standingApprovals,
  type Values,
} from "@agentpolicy/runtime";
import { journalAt } from "./journal.ts";
import { callOf, type Input, inputOf, policy } from "./rules.ts";

const HOUR = 3_600_000;
const ANN: Approver = { id: "ann", roles: ["lead"] };
const BEN: Approver = { id: "ben", roles: ["lead"] };

export interface Life {
  /** The name of the one whose life it is: actor of all its calls, and part of all ids. */
  readonly name: string;
  readonly store: Store;
  /** The path of the journal. */
  readonly journal: string;
  /** When it begins, in epoch milliseconds. Each look at the clock takes one. */
  readonly begin: number;
  /** Does what is journalled, as one step. */
  readonly doing?: (label: string, work: () => void) => void;
}

/** A guard, people, and a clock that they share. */
export interface World {
  readonly name: string;
  readonly time: { now: number };
  readonly iam: AgentIAM;
  readonly people: Checkpoints<Approver>;
  readonly ahead: StandingApprovals<Approver>;
  readonly execute: (input: unknown) => string;
  readonly approve: (checkpoint: string, call: string, who?: Approver, edit?: Values) => Promise<Changed>;
  readonly say: ReturnType<typeof journalAt>;
}

export function worldOf({ name, store, journal, begin, doing = (_, work) => work() }: Life): World {
  const time = { now: begin };
  let ids = 0;
  const desk = { store, clock: () => time.now++, id: () => `${name}-${++ids}`, timeout: 60_000 };
  const authenticate = (who: Approver) => who;
  const people = createCheckpoints({ ...desk, authenticate });
  const write = journalAt(journal);
  const say: World["say"] = (what, id, by) => doing(`journal: ${what}`, () => write(what, id, by));
  return {
    name,
    time,
    iam: createAgentIAM({ ...desk, policy: policy(), standing: standingApprovals }),
    people,
    ahead: createStandingApprovals({ ...desk, authenticate, policy: policy() }),
    say,
    execute: (input) => {
      const { id, fail, secret } = input as Input;
      say("ran", id);
      if (fail) throw new Error(`not with ${secret}`);
      return id;
    },
    approve: (checkpoint, call, who = ANN, edit) => {
      say("approve", call, who.id);
      return people.approve(checkpoint, who, edit && { edit });
    },
  };
}

/** A call that is made to wait; the id of its checkpoint. */
async function paused({ name, iam, execute }: World, tool: string, number: number, more?: Partial<Input>) {
  const { checkpoint } = await iam.guard(callOf(name, tool, number, more), execute);
  return { id: checkpoint?.id ?? "none", call: `${name}/${number}` };
}

/** The parts of a life, each of which needs nothing of the others. */
export const PARTS = {
  async allowed({ name, iam, execute }: World) {
    await iam.guard(callOf(name, "small", 1), execute);
  },
  async failing({ name, iam, execute }: World) {
    await iam.guard(callOf(name, "small", 2, { fail: true }), execute).catch(() => {});
  },
  async approved(world: World) {
    const { id, call } = await paused(world, "pay", 3);
    await world.approve(id, call);
    await world.iam.resume(id, world.execute);
    await world.iam.resume(id, world.execute);
  },
  async approvedByTwo(world: World) {
    const { id, call } = await paused(world, "wire", 4);
    await world.approve(id, call);
    await world.approve(id, call);
    await world.approve(id, call, BEN);
    await world.iam.guard(callOf(world.name, "wire", 4), world.execute, { resumeCheckpointId: id });
  },
  async edited(world: World) {
    const { id, call } = await paused(world, "pay", 5);
    await world.approve(id, call, ANN, { "input.amount": 50 });
    await world.iam.resume(id, world.execute);
  },
  async failingAfterApproval(world: World) {
    const { id, call } = await paused(world, "pay", 6, { fail: true });
    await world.approve(id, call);
    await world.iam.resume(id, world.execute).catch(() => {});
  },
  async answered(world: World) {
    const { id, call } = await paused(world, "ask", 7);
    world.say("answer", call);
    await world.people.answer(id, { "context.ticket": "OPS-7" }, "eve");
    await world.iam.resume(id, world.execute);
  },
  async rejected(world: World) {
    const { id } = await paused(world, "pay", 8);
    await world.people.reject(id, ANN, "no");
    await world.iam.resume(id, world.execute);
  },
  async cancelled(world: World) {
    const { id } = await paused(world, "ask", 9);
    await world.people.cancel(id, { by: "eve" });
  },
  async overdue(world: World) {
    const { id, call } = await paused(world, "pay", 10);
    world.time.now += HOUR;
    await world.people.expire();
    await world.approve(id, call);
    world.time.now -= HOUR;
    await world.iam.resume(id, world.execute);
  },
  async ahead({ name, iam, ahead, say, time, execute }: World) {
    say("grant", name, ANN.id);
    const actor = { type: "agent", id: name };
    const when = { "input.amount": { lte: 10 } };
    const { standing } = await ahead.grant({ actor, tool: "pay", when, until: time.now + HOUR }, ANN);
    await iam.guard(callOf(name, "pay", 11, { amount: 5 }), execute);
    await ahead.revoke(standing?.id ?? "none", BEN);
    await iam.guard(callOf(name, "pay", 12, { amount: 5 }), execute);
  },
  async askedOnly({ name, iam }: World) {
    await iam.evaluate(callOf(name, "small", 13));
  },
} as const;

export type Part = keyof typeof PARTS;

export async function live(world: World, parts: readonly Part[]): Promise<void> {
  for (const part of parts) await PARTS[part](world);
}

/** What was left undone by those who died. */
export async function finish({ people, iam, approve, say, execute }: World): Promise<void> {
  for (const { id, request, decision } of await people.list({ state: "pending", limit: 1e6 })) {
    const call = inputOf(request).id;
    if (decision.clarification) {
      say("answer", call);
      await people.answer(id, { "context.ticket": "OPS-8" });
    } else {
      await approve(id, call);
      await approve(id, call, BEN);
    }
  }
  for (const state of ["approved", "answered", "consumed"]) {
    for (const { id } of await people.list({ state, limit: 1e6 })) {
      // What failed has been journalled.
      await iam.resume(id, execute).catch(() => {});
    }
  }
}
