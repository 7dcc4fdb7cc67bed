import { closures, emitModule, interpret, makePlan } from "@agentpolicy/compiler";
import { loadCases, requestOf } from "@agentpolicy/conformance";
import { checkText } from "@agentpolicy/language";
import {
  type AuditRecord,
  changesOf,
  createAgentIAM,
  type Figures,
  loggedMemory,
  type Policy,
  type Request,
  replayed,
  shadowed,
} from "@agentpolicy/runtime";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadModule } from "../../../compiler/test/support/load-module.ts";
import { policyOf, request } from "../guard/support.ts";

const NOW = 1_767_225_600_000;

function checked(text: string, files: { readonly [path: string]: string } = {}) {
  const { policy, diagnostics } = checkText(text, { path: "p.agentpolicy", files });
  if (policy === null) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return policy;
}

const compiled = (...given: Parameters<typeof checked>): Policy => closures(makePlan(checked(...given)));

/** The records of judgements, as a log gives them back. */
async function recorded(policy: Policy, given: unknown, figures?: Figures): Promise<readonly AuditRecord[]> {
  const store = loggedMemory();
  const now = (given as Request).now;
  const iam = createAgentIAM({
    policy,
    clock: () => (typeof now === "number" ? now : NOW),
    store: {
      ...store,
      track: (tracks, at, decide) => store.track(tracks, at, (kept) => decide(figures ?? kept)),
    },
  });
  await iam.evaluate(given as Request);
  return store.log.read({ event: "evaluated" });
}
const one = async (...given: Parameters<typeof recorded>) => (await recorded(...given))[0] as AuditRecord;

describe("the same policy", () => {
  test.each([...loadCases()])("decides the same on the records of %s", async (_, file) => {
    const policy = compiled(file.policy.join("\n"), file.files);
    for (const each of file.cases) {
      const given = requestOf(file, each);
      const [record] = await recorded(policy, given, each.figures);
      // What the guard does not take the policy is not asked about.
      if (!record) expect(each.expect, each.name).toMatchObject({ decision: "deny" });
      else expect(replayed(record, policy), each.name).toMatchObject({ kind: "same" });
    }
  });

  test("whoever else would have decided beside it", async () => {
    const policy = policyOf({ decide: () => ({}) });
    const other = policyOf({ decide: () => ({ decision: "deny" }), hash: "h2" });
    const record = await one(shadowed(policy, other), request());
    expect(record.decision?.shadow).toMatchObject({ decision: "deny" });
    expect(replayed(record, policy)).toMatchObject({ kind: "same" });
    expect(replayed(record, shadowed(policy, other))).toMatchObject({ kind: "same" });
    expect(replayed(record, other)).toMatchObject({ kind: "changed", fields: ["decision"] });
  });

  test("that does not decide at all", async () => {
    const broken = policyOf({
      decide: () => {
        throw new Error("no");
      },
    });
    const record = await one(broken, request());
    expect(record.decision).toMatchObject({ code: "policy_unavailable" });
    expect(replayed(record, broken)).toMatchObject({ kind: "same" });
  });
});

describe("another policy", () => {
  const tools =
    "policy p\ntools { pay(amount: number, iban: string, card?: { number: string, name: string }) }\n";
  const small = compiled(`${tools}on pay { allow small when input.amount <= 500 }`);
  const smaller = compiled(`${tools}on pay { allow small when input.amount <= 100 }`);
  const pay = (input: object): Request => ({
    actor: { type: "agent", id: "bot" },
    action: { name: "pay", input },
  });

  test("changes what it changes", async () => {
    const record = await one(small, pay({ amount: 300, iban: "DE1" }));
    expect(replayed(record, smaller)).toMatchObject({
      kind: "changed",
      before: { decision: "allow" },
      after: { decision: "deny", code: "default" },
      fields: ["decision", "code", "rules", "reasons", "risk"],
    });
    expect(replayed(await one(small, pay({ amount: 50, iban: "DE1" })), smaller)).toMatchObject({
      kind: "same",
    });
  });

  test("is told the time and the figures of then", async () => {
    const night = compiled(`${tools}on pay { allow day when now.hour >= 6 }`);
    const record = await one(small, { ...pay({ amount: 1, iban: "DE1" }), now: NOW });
    expect(replayed(record, night)).toMatchObject({ kind: "changed" });
    const track = "track spent = sum input.amount on pay per actor within 24h\n";
    const limit = (most: number) =>
      compiled(`${tools}${track}on pay { allow within-limit when spent + input.amount <= ${most} }`);
    const counted = await one(limit(1000), pay({ amount: 10, iban: "DE1" }), { "p.spent": 500 });
    expect(counted.figures).toEqual({ "p.spent": 500 });
    expect(replayed(counted, limit(510))).toMatchObject({ kind: "same" });
    expect(replayed(counted, limit(509))).toMatchObject({ kind: "changed", after: { decision: "deny" } });
    // What was not asked for then nobody knows, unless it is not needed.
    expect(replayed(record, limit(1000))).toMatchObject({
      kind: "undecided",
      masked: [],
      figures: ["p.spent"],
    });
    const misfit = await one(small, pay({ amount: "1", iban: "DE1" } as object));
    expect(replayed(misfit, limit(1000))).toMatchObject({ kind: "same" });
  });

  test("that does not look at what is masked is certain", async () => {
    const masking = compiled(
      `${tools}on pay { allow small when input.amount <= 500 mask input.iban, input.card }`,
    );
    const record = await one(masking, pay({ amount: 300, iban: "DE1", card: { number: "4", name: "A" } }));
    expect(record.request?.action.input).toEqual({ amount: 300, iban: "•••", card: "•••" });
    expect(replayed(record, smaller)).toMatchObject({ kind: "changed" });
    expect(replayed(record, small)).toMatchObject({ kind: "same" });
  });

  test("that looks at what is masked is not, and what each stand-in gives is likely", async () => {
    const masking = compiled(
      `${tools}on pay { allow small when input.amount <= 500 mask input.iban, input.card }`,
    );
    const record = await one(masking, pay({ amount: 300, iban: "DE1", card: { number: "4", name: "A" } }));
    const too = compiled(`${tools}on pay { allow small when input.amount <= 100 mask input.iban }`);
    expect(replayed(record, too)).toMatchObject({
      kind: "undecided",
      masked: ["input.iban"],
      figures: [],
      likely: { decision: "deny", code: "default" },
    });
    const asking = compiled(
      `${tools}on pay { allow own when input.iban.startsWith("DE") or input.iban == "" }`,
    );
    const unclear = replayed(record, asking);
    expect(unclear).toMatchObject({ kind: "undecided", masked: ["input.iban"] });
    expect(unclear).not.toHaveProperty("likely");
    const inside = compiled(`${tools}on pay { allow own when input has card and input.card.name == "A" }`);
    expect(replayed(record, inside)).toMatchObject({ kind: "undecided", masked: ["input.card"] });
  });

  test("whichever back end it comes from", async () => {
    const masking = compiled(
      `${tools}on pay { allow small when input.amount <= 500 mask input.iban, input.card }`,
    );
    const record = await one(masking, pay({ amount: 300, iban: "DE1", card: { number: "4", name: "A" } }));
    const other = checked(`${tools}on pay { allow some when input.amount <= 100 or input.iban == "DE1" }`);
    const blind = checked(`${tools}on pay { allow some when input.amount <= 100 or input.amount > 200 }`);
    for (const make of [interpret, (policy: typeof other) => loadModule(emitModule(makePlan(policy)).code)]) {
      expect(replayed(record, await make(other))).toMatchObject({
        kind: "undecided",
        masked: ["input.iban"],
      });
      expect(replayed(record, await make(blind))).toMatchObject({ kind: "changed", fields: ["rules"] });
    }
  });

  test("says nothing of what was not judged", async () => {
    expect(replayed({ event: "executed", at: 1 }, small)).toBeUndefined();
    const { request: _, ...record } = await one(small, pay({ amount: 1, iban: "DE1" }));
    expect(replayed(record, small)).toMatchObject({ kind: "undecided", masked: [], figures: [] });
  });

  test("property: `same` and `changed` are never said wrongly", async () => {
    const conditions = [
      "input.amount <= 500",
      "input.amount > 10",
      'input.iban == "DE1"',
      'input.iban.startsWith("x")',
      "input.iban.length > 2 and input.amount < 100",
      'input has card and input.card.name == "A"',
      'input has card and input.card.number.matches("^[0-9]+$")',
      'email(input.iban).domain == "example.com"',
    ];
    const masks = ["", "mask input.iban", "mask input.card.number", "mask input.card, input.iban"];
    const effects = ["allow", "deny", "require approval"];
    const rule = fc.tuple(
      fc.constantFrom(...effects),
      fc.constantFrom(...conditions),
      fc.constantFrom(...masks),
    );
    const policy = fc.array(rule, { minLength: 1, maxLength: 3 }).map((rules) => {
      const lines = rules.map(([effect, when, mask], at) => `${effect} r${at} when ${when} ${mask}`);
      return compiled(`${tools}on pay {\n${lines.join("\n")}\n}`);
    });
    const texts = fc.constantFrom("DE1", "x", "", "•••", "a@example.com", "4", "A");
    const given = fc.record(
      {
        amount: fc.constantFrom<unknown>(1, 50, 5000, "50"),
        iban: fc.oneof({ weight: 9, arbitrary: texts }, fc.constantFrom<unknown>(null, 7)),
        card: fc.record({ number: texts, name: texts }),
      },
      { requiredKeys: ["amount", "iban"] },
    );
    const kinds = { same: 0, changed: 0, undecided: 0 };
    await fc.assert(
      fc.asyncProperty(policy, policy, given, async (before, after, input) => {
        const record = await one(before, pay(input));
        const answer = replayed(record, after);
        const truth = after.decide({ ...pay(input), now: NOW }, {});
        kinds[answer?.kind ?? "undecided"]++;
        if (answer?.kind === "undecided") expect(answer.masked.length).toBeGreaterThan(0);
        else expect(changesOf(truth, answer?.after as typeof truth)).toEqual([]);
        if (answer?.kind === "same") expect(changesOf(truth, answer.before)).toEqual([]);
        expect(replayed(record, before)?.kind).not.toBe("changed");
      }),
      { numRuns: 150 },
    );
    expect(Math.min(...Object.values(kinds))).toBeGreaterThan(9);
  });
});
