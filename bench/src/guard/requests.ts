/** Up to which amount payments just run; `policies/guard.agentpolicy` says the same. */
export const LIMIT = 500;
/** How many agents take turns. */
const AGENTS = 32;

let turn = 0;

/** The next of a few agents, so that calls at once are of different ones. */
const nextAgent = (): string => `bot-${turn++ % AGENTS}`;

const requestOf = <N extends string>(name: N, amount: number, agent: string) => ({
  actor: { type: "agent", id: agent, role: "support" },
  action: { name, input: { to: "acct-9", amount } },
  session: { id: "s-7" },
});

/** A call that small amounts let run, large ones pause and huge ones deny. Each is a new object, as calls are. */
export const payment = (amount: number, agent = nextAgent()) => requestOf("bank.pay", amount, agent);

/** A call that is counted. */
export const transfer = (agent = nextAgent()) => requestOf("bank.transfer", 100, agent);

/** The call itself, which costs nothing: what is measured is all the rest. */
export const execute = async (): Promise<true> => true;
