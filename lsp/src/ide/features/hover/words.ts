/** What a table of words says of one; null where it says nothing. */
const lookedUp =
  <T>(table: Readonly<Record<string, T>>) =>
  (word: string): T | null =>
    Object.hasOwn(table, word) ? (table[word] ?? null) : null;

/** What the words of the language do, one sentence each. */
const WORDS: Readonly<Record<string, string>> = {
  policy: "Names the policy. Its rules are called `policy.rule` in decisions and audit records.",
  version: "The version of the policy, carried into what is compiled.",
  import: "Takes in another file: its rules join this policy, its names are `NAME.*` here.",
  as: "The name of an import in this file.",
  tools: "Declares the tools of a server: from a catalogue, or in place.",
  type: "Gives a type a name.",
  let: "Gives a value a name. It is worked out when the policy is compiled.",
  fn: "A function that conditions can call. It does not call itself; what it needs of `input` and tracks it is given.",
  track: "A figure over earlier calls that ran: `count`, `sum` or `seen`, per actor, session or policy.",
  default: "What becomes of a call that no rule matches: `deny`, or `require approval`.",
  on: "The tools that the rules inside cover.",
  where:
    'Which of the tools, by what they say of themselves: `tool.destructive`, `tool.name like "get_*"`. Decided when the policy is compiled.',
  test: "Calls and what is expected of them. `agentpolicy test` runs them.",
  prove: "What must hold for every request. `agentpolicy prove` shows it, or a request that breaks it.",
  allow: "Lets the call run, where no stricter rule matches.",
  deny: "Refuses the call. No other rule can lift it.",
  require:
    "`require approval` pauses the call until people approve it; `require clarification` until a question is answered.",
  approval: "Pauses the call until people approve it, where no stricter rule matches.",
  clarification: "Pauses the call until a question is answered, unless a `deny` matches.",
  mask: "A part of the request that is never shown: in audit, approvals and messages it is `•••`.",
  when: "The rule matches only where this holds. True where there is no `when`.",
  unless: "The rule does not match where this holds. It is looked at only where `when` holds.",
  from: "Who may approve: roles or ids of approvers. Anybody who may approve, where it is absent.",
  approvals: "How many different people must approve; 1 where it is absent.",
  within: "How long an answer can be given; 24 hours where it is absent. Of a track: how far back it looks.",
  risk: "How risky the call is, carried in the decision: `low`, `medium`, `high` or `critical`.",
  requires: 'Named requirements that the decision carries for the host, such as `"two-factor"`.',
  because: "The reason that people and agents are shown. `{…}` shows a value.",
  ask: "The question to the agent or its user.",
  needs: "The parts of the request that an answer must fill.",
  per: "Whose calls a track counts together: one actor's, one session's, or all of the policy.",
  or: "Holds where either side does; the right side is looked at only where the left does not hold.",
  and: "Holds where both sides do; the right side is looked at only where the left holds.",
  not: "Holds where what follows does not.",
  in: "Whether a value is one of a list.",
  like: "Whether the whole text fits: `*` is any run of characters, `?` one character; case counts.",
  has: "Whether a field is there. A present `null` is there.",
  is: "Whether a value is of a type; after it, it is known to be.",
  if: "`if A then B else C`: B where A holds, else C.",
  count: "How many calls ran.",
  sum: "The sum of a value over the calls that ran.",
  seen: "Whether any call ran.",
  unknown: "Calls of tools that no catalogue declares. Without such a block they are denied.",
  call: "A call of the test. `expect` says what becomes of it.",
  raw: "The input may be wrong on purpose: it is not checked against the tool's schema.",
  expect:
    "The effect that the call before must get, with `by` the rules that decide it, with `code` the decision's code.",
  by: "The rules that decide: exactly these.",
  code: "The code of the decision.",
  after: "Moves the clock of the test.",
  never: "For no such request is this the effect.",
  always: "For every such request this is the effect.",
  low: "The lowest risk; that of `allow` where no risk is given.",
  medium: "The risk where none is given.",
  high: "A high risk.",
  critical: "The highest risk.",
};

const RUNS = "The call runs.";
const REFUSED = "The call is refused.";

/** What words say elsewhere than in a rule, by the kind of item. */
const WORDS_IN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  tools: { from: "The catalogue: a JSON file that lists the tools with their schemas." },
  let: { from: "The JSON file that holds the value." },
  track: {
    on: "The tools whose calls are looked at.",
    when: "Only calls for which this holds are looked at.",
    within: "How far back the track looks; for ever where it is absent.",
  },
  default: {
    deny: "Calls that no rule matches are refused.",
    require: "Calls that no rule matches wait until people approve them.",
    approval: "Calls that no rule matches wait until people approve them.",
  },
  test: {
    allow: RUNS,
    deny: REFUSED,
    approval: "The call waits until people approve it.",
    clarification: "The call waits until a question is answered.",
  },
  prove: {
    on: "The tools whose calls are spoken of.",
    when: "Only calls for which this holds are spoken of.",
    allow: RUNS,
    deny: REFUSED,
    approval: "The call waits until people approve it.",
    clarification: "The call waits until a question is answered.",
  },
};

const inRules = lookedUp(WORDS);
const elsewhere = lookedUp(WORDS_IN);

/** A word that starts or joins something, in one sentence. `within`: the kinds of what it stands in. */
export const wordDoc = (word: string, within: readonly string[] = []): string | null => {
  const words = within.map(elsewhere).find((own) => own !== null) ?? {};
  return lookedUp(words)(word) ?? inRules(word);
};

const CODES: Readonly<Record<string, string>> = {
  rule: "Rules decided.",
  default: "No rule matched, so the default decided.",
  unknown_tool: "No catalogue declares the tool, and no `on unknown` block stands.",
  invalid_request: "A part of the request that the policy reads is missing or does not fit its schema.",
  invalid_value: "A condition could not be evaluated: a parser refused a text, or a number was not finite.",
  state_unavailable: "The store of tracks did not answer.",
  policy_unavailable: "The policy could not be loaded.",
};

export const codeDoc = lookedUp(CODES);

const HINTS: Readonly<Record<string, string>> = {
  "read-only": "The tool changes nothing. What is read-only is not destructive.",
  destructive: "The tool can delete or overwrite something.",
  idempotent: "Calling the tool again with the same arguments changes nothing more.",
  "open-world": "The tool reaches things outside of what its server holds, such as the web.",
};

export const hintDoc = lookedUp(HINTS);

const ROOTS: Readonly<Record<string, string>> = {
  input: "The arguments of the call.",
  actor: "Who calls. `id` and `type` are always there.",
  context: "What the host says of the surroundings.",
  resource: "What the host says of the thing that the call is about.",
  session: "The session that the call belongs to.",
  model: "The model behind the call.",
  evidence: "What the agent acts on, such as the user's own instruction.",
  now: 'The instant of the call. `.hour`, `.weekday` and `.date` are UTC, or of `now("Europe/Berlin")`.',
  tool: "What the tool says of itself.",
};

export const rootDoc = lookedUp(ROOTS);

const TOOL: Readonly<Record<string, readonly [type: string, doc: string]>> = {
  name: ["string", "The tool's whole name: `server.tool`."],
  server: ["string | null", "The server's name; `null` for tools of no server."],
  title: ["string | null", "The title that the tool's server gives."],
  readOnly: ["boolean", HINTS["read-only"] ?? ""],
  destructive: ["boolean", HINTS.destructive ?? ""],
  idempotent: ["boolean", HINTS.idempotent ?? ""],
  openWorld: ["boolean", HINTS["open-world"] ?? ""],
};

export const toolPropertyDoc = lookedUp(TOOL);

const TYPES: Readonly<Record<string, string>> = {
  string: "A text.",
  number: "A finite number.",
  integer: "A whole number.",
  boolean: "`true` or `false`.",
  null: "`null` alone.",
  any: "Anything. It must be narrowed with `is` before it is used.",
};

export const typeDoc = lookedUp(TYPES);

const OPERATORS: Readonly<Record<string, string>> = {
  "==": "Whether both are the same.",
  "!=": "Whether both differ.",
  "<": "Less than; of instants: before.",
  "<=": "At most; of instants: not after.",
  ">": "More than; of instants: after.",
  ">=": "At least; of instants: not before.",
  "??": "What stands right, where what stands left is absent or `null`.",
  in: WORDS.in ?? "",
  "not in": "Whether a value is none of a list.",
  like: WORDS.like ?? "",
  "not like": "Whether the text does not fit: `*` is any run of characters, `?` one character.",
  or: WORDS.or ?? "",
  and: WORDS.and ?? "",
};

export const operatorDoc = lookedUp(OPERATORS);
