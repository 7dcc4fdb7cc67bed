/** Who wants the call. Other fields are what the policy's `actor` shape declares. */
export interface Actor {
  readonly type: string;
  readonly id: string;
  readonly [field: string]: unknown;
}

/** Something the agent acts on, such as the user's own instruction. `confidence` from 0 to 1. */
export interface Evidence {
  readonly type: string;
  readonly source?: string;
  readonly title?: string;
  readonly text?: string;
  readonly uri?: string;
  readonly confidence?: number;
}

/**
 * What a decision is asked about: one call of one tool. `action.name` is the tool's whole name, `server.tool` or the
 * bare tool where it belongs to no server, compared exactly. Absent object roots count as `{}`, absent `evidence`
 * as `[]`. `now` is epoch milliseconds; the guard supplies it.
 */
export interface Request<Name extends string = string, Input = unknown> {
  readonly actor: Actor;
  readonly action: { readonly name: Name; readonly input?: Input };
  readonly context?: { readonly [field: string]: unknown };
  readonly resource?: { readonly [field: string]: unknown };
  readonly session?: { readonly id?: string; readonly [field: string]: unknown };
  readonly model?: { readonly provider?: string; readonly name?: string; readonly confidence?: number };
  readonly evidence?: readonly Evidence[];
  readonly now?: number;
}
