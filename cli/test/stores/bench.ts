import { createHash } from "node:crypto";
import { userInfo } from "node:os";
import { join } from "node:path";
import { type Checkpoint, createAgentIAM, type Standing, type Store } from "@agentpolicy/runtime";
import Database from "libsql";
import pg from "pg";
import { expect } from "vitest";
import type { Kind, Place } from "../../../stores/test/support/places.ts";
import { openAt } from "../../../stores/test/support/places.ts";
import { loadPolicyFile } from "../../src/index.ts";
import { folder, type Ran, run } from "../run.ts";

/** Calls that run, wait for one, two or nobody in particular, ask, and are denied. */
export const POLICY = `policy pay version "2.0.0"

tools bank {
  get_balance(account: string) @read-only
  transfer(to: string, amount: number, iban?: string, memo?: string)
  wire(to: string, amount: number)
  close(account: string)
}

context { ticket?: string }

on bank.get_balance {
  allow reads
}

on bank.transfer {
  mask input.iban

  allow small
    when input.amount <= 500

  require approval large
    when input.amount > 500
    from "cfo"
    within 30m
    risk high
    because "Transfer of {input.amount} to {input.to}."
}

on bank.wire {
  require approval two
    from "cfo", "finance-lead"
    approvals 2
    within 2h
}

on bank.close {
  require clarification which
    unless context has ticket
    needs context.ticket
    ask "For which ticket?"
    within 1h

  allow closes
    when context has ticket
}
`;

export const LOGIN = userInfo().username;
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Whoever runs the tests is the CFO; the others have tokens: `ann-token`, `bob-token`, `eve-token`. */
export const APPROVERS = JSON.stringify({
  approvers: [
    { id: "carol", roles: ["cfo"], login: LOGIN },
    { id: "ann", roles: ["finance-lead"], tokenSha256: sha256("ann-token") },
    { id: "bob", roles: ["finance-lead", "cfo"], tokenSha256: sha256("bob-token") },
    { id: "eve", roles: [], tokenSha256: sha256("eve-token") },
  ],
});

/** A store with a guard over it, and the command beside them in processes of its own. */
export interface Bench {
  readonly cwd: string;
  readonly store: Store;
  readonly url: string;
  readonly guard: ReturnType<typeof createAgentIAM>;
  /** Runs a command on the store, as the CFO or by somebody's token. */
  readonly agentpolicy: (args: readonly string[], options?: As) => Promise<Ran>;
  /** The same, and what it says as JSON. */
  readonly json: (args: readonly string[], options?: As) => Promise<Answer>;
  /** Makes a call wait; the id of its checkpoint. */
  readonly paused: (tool: string, input: object, more?: object) => Promise<string>;
  readonly events: (checkpoint: string) => Promise<readonly string[]>;
  /** Changes the database behind the store's back. */
  readonly tamper: (sql: (table: string) => string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface As {
  readonly token?: string;
  /** Without the approvers file. */
  readonly alone?: true;
}

/** What commands say as JSON, in all that tests look into. */
export interface Answer {
  readonly ok?: boolean;
  readonly refused?: string;
  readonly checkpoints: readonly Checkpoint[];
  readonly standing: readonly Standing[];
  readonly next: string;
  readonly counts: unknown;
  readonly changes: readonly unknown[];
}

const urlOf = (place: Place): string => {
  if (place.kind === "sqlite") return `sqlite:${place.path}`;
  if (place.kind === "postgres") return `${place.url}?schema=${place.schema}`;
  throw new Error("there is no URL of a store in memory");
};

/** @param late how far behind the guard's clock is, in milliseconds: what it paused was paused so long ago */
export const makeBench = async (kind: Kind, late = 0): Promise<Bench> => {
  const cwd = folder({ "pay.agentpolicy": POLICY, "approvers.json": APPROVERS });
  const place = kind.place();
  const url = urlOf(place);
  const { store, close } = openAt(place, 4);
  const policy = await loadPolicyFile(join(cwd, "pay.agentpolicy"));
  const guard = createAgentIAM({ policy, store, clock: () => Date.now() - late });
  const agentpolicy = (args: readonly string[], { token, alone }: As = {}) =>
    run(args, {
      cwd,
      env: {
        AGENTPOLICY_STORE: url,
        TZ: "UTC",
        ...(alone === true ? {} : { AGENTPOLICY_APPROVERS: "approvers.json" }),
        ...(token === undefined ? {} : { AGENTPOLICY_TOKEN: token }),
      },
    });
  return {
    cwd,
    store,
    url,
    guard,
    agentpolicy,
    json: async (args, as) => JSON.parse((await agentpolicy([...args, "--json"], as)).out),
    paused: async (tool, input, more = {}) => {
      const actor = { type: "agent", id: "bot-1", ...more };
      const { checkpoint } = await guard.guard({ actor, action: { name: tool, input } }, () => "ran");
      expect(checkpoint?.state).toBe("pending");
      return checkpoint?.id ?? "";
    },
    events: async (checkpoint) =>
      ((await store.log?.read({ checkpoint })) ?? []).map(({ event, by, refused }) =>
        [event, refused, by].filter(Boolean).join(" "),
      ),
    tamper: (sql) => tamperWith(place, sql),
    close,
  };
};

const tamperWith = async (place: Place, sql: (table: string) => string): Promise<void> => {
  if (place.kind === "sqlite") {
    const database = new Database(place.path);
    database.exec(sql("agentpolicy_audit"));
    database.close();
  } else if (place.kind === "postgres") {
    const client = new pg.Client({ connectionString: place.url });
    await client.connect();
    await client.query(sql(`${place.schema}.audit`));
    await client.end();
  }
};
