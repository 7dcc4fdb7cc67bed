import {
  type Approver,
  createAgentIAM,
  createCheckpoints,
  type Policy,
  type Store,
} from "@agentpolicy/runtime";
import { type Contender, doAtOnce } from "../harness/rounds.ts";
import { execute, payment, transfer } from "./requests.ts";

const [SMALL, LARGE, HUGE] = [100, 5000, 1_000_000];
const ANN: Approver = { id: "ann", roles: ["finance-lead"] };
/** How many are prepared at once. */
const WIDTH = 32;

function demand(holds: boolean, name: string, found: unknown): asserts holds {
  if (!holds) throw new Error(`${name}: did not go as it should: ${JSON.stringify(found)}`);
}

/** A call for which there is a checkpoint each time. */
function onCheckpoint(
  name: string,
  make: () => Promise<string>,
  call: (id: string) => Promise<void>,
): Contender {
  const ids: string[] = [];
  return {
    name,
    prepare: (calls) =>
      doAtOnce(WIDTH, calls, async () => {
        ids.push(await make());
      }),
    call: () => call(ids.pop() ?? "none was prepared"),
  };
}

/** Every way that a call can go, over one store. */
export function callsOf(policy: Policy, store: Store): readonly Contender[] {
  const iam = createAgentIAM({ policy, store });
  const checkpoints = createCheckpoints<Approver>({ store, authenticate: (who) => who });

  const runs = async (name: string, request: ReturnType<typeof transfer | typeof payment>) => {
    const result = await iam.guard(request, execute);
    demand(result.executed && !result.unrecorded, name, result);
  };
  const paused = async (): Promise<string> => {
    const { checkpoint } = await iam.guard(payment(LARGE), execute);
    demand(checkpoint?.state === "pending", "paused", checkpoint);
    return checkpoint.id;
  };
  const approved = async (id: string) => {
    const changed = await checkpoints.approve(id, ANN);
    demand(changed.ok && changed.checkpoint.state === "approved", "approve", changed);
  };
  return [
    { name: "allowed", call: () => runs("allowed", payment(SMALL)) },
    { name: "allowed, counted", call: () => runs("allowed, counted", transfer()) },
    {
      name: "denied",
      call: async () => {
        const { decision } = await iam.guard(payment(HUGE), execute);
        demand(decision.decision === "deny" && decision.code === "rule", "denied", decision);
      },
    },
    {
      name: "evaluate",
      call: async () => {
        const decision = await iam.evaluate(payment(SMALL));
        demand(decision.decision === "allow", "evaluate", decision);
      },
    },
    {
      name: "paused",
      call: async () => {
        await paused();
      },
    },
    onCheckpoint("approve", paused, approved),
    onCheckpoint(
      "resume",
      async () => {
        const id = await paused();
        await approved(id);
        return id;
      },
      async (id) => {
        const result = await iam.resume(id, execute);
        demand(result.executed && !result.unrecorded, "resume", result);
      },
    ),
  ];
}
