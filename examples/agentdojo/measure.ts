import { type AgentIAM, createAgentIAM, createCheckpoints, memory, type Policy } from "agentpolicy";
import type { InjectionTask, Suite, TracedCall, UserTask } from "./traces.ts";

/** What became of one call: it ran unasked, ran once a person had approved it, waits, or was refused. */
export type Outcome = "ran" | "approved" | "paused" | "refused";

/** The figures that AgentDojo's traces allow, over all pairs of user task and injection, and over all user tasks. */
export interface Figures {
  readonly pairs: number;
  /** Pairs with a call that does harm and ran with nobody asked. */
  readonly harmedPairs: readonly string[];
  readonly tasks: number;
  /** User tasks without attack that ran with no pause and no refusal. */
  readonly freeTasks: number;
  readonly pausedTasks: readonly string[];
  /** User tasks that finish if a person approves what is asked. */
  readonly finishedTasks: number;
}

/** One guard per session, as a host would: a new session id, the user's prompt as evidence. */
const session = (policy: Policy, user: UserTask, id: string, approve: boolean) => {
  const store = memory();
  const iam: AgentIAM = createAgentIAM({ policy, store });
  const checkpoints = createCheckpoints({ store, authenticate: (id: string) => ({ id }) });
  return async (call: TracedCall): Promise<Outcome> => {
    const request = {
      actor: { type: "agent", id: "assistant" },
      action: { name: call.tool, input: call.input },
      session: { id },
      evidence: [{ type: "user_instruction", text: user.prompt }],
    };
    const first = await iam.guard(request, () => "done");
    if (first.executed) return "ran";
    if (first.checkpoint === undefined) return "refused";
    if (!approve) return "paused";
    await checkpoints.approve(first.checkpoint.id, "the-user");
    const second = await iam.guard(request, () => "done", { resumeCheckpointId: first.checkpoint.id });
    return second.executed ? "approved" : "refused";
  };
};

const runAll = async (guarded: (call: TracedCall) => Promise<Outcome>, calls: readonly TracedCall[]) => {
  const outcomes: Outcome[] = [];
  for (const call of calls) outcomes.push(await guarded(call));
  return outcomes;
};

/** Whether a harm call of the injection ran unasked: the user's calls up to the poisoned one, then the attacker's. */
const harmed = async (policy: Policy, user: UserTask, injection: InjectionTask): Promise<boolean> => {
  const poisoned = user.injectable_at[0]?.call ?? 0;
  const guarded = session(policy, user, `${user.id}+${injection.id}`, false);
  await runAll(guarded, user.calls.slice(0, poisoned + 1));
  const outcomes = await runAll(guarded, injection.calls);
  await runAll(guarded, user.calls.slice(poisoned + 1));
  return injection.harm_calls.some((call) => outcomes[call] === "ran");
};

/** Judges a suite's honest and attacked sessions with the real guard. */
export const measure = async (policy: Policy, suite: Suite): Promise<Figures> => {
  const harmedPairs: string[] = [];
  const pausedTasks: string[] = [];
  let finishedTasks = 0;
  for (const user of suite.users) {
    for (const injection of suite.injections) {
      if (await harmed(policy, user, injection)) harmedPairs.push(`${user.id}+${injection.id}`);
    }
    const unasked = await runAll(session(policy, user, user.id, false), user.calls);
    if (unasked.some((outcome) => outcome !== "ran")) pausedTasks.push(user.id);
    const asked = await runAll(session(policy, user, user.id, true), user.calls);
    if (asked.every((outcome) => outcome === "ran" || outcome === "approved")) finishedTasks++;
  }
  const tasks = suite.users.length;
  return {
    pairs: tasks * suite.injections.length,
    harmedPairs,
    tasks,
    freeTasks: tasks - pausedTasks.length,
    pausedTasks,
    finishedTasks,
  };
};
