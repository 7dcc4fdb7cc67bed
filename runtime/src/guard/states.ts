/** Where a checkpoint stands. */
export type State =
  | "pending"
  | "approved"
  | "rejected"
  | "answered"
  | "consumed"
  | "expired"
  | "cancelled"
  | "failed";

/** Every change of state that there is: where each leads. States without an entry are final. */
export const TRANSITIONS: { readonly [from in State]?: string } = {
  pending: "approved rejected answered expired cancelled",
  approved: "consumed expired cancelled",
  answered: "consumed expired cancelled",
  consumed: "failed",
};

/** Whether there is a change from one state to another. No state's name is part of another's. */
export const leads = (from: State, to: State): boolean | undefined => TRANSITIONS[from]?.includes(to);
