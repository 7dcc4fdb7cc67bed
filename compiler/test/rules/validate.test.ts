import { describe, expect, it } from "vitest";
import type { PolicyObject } from "../../src/rules/rule-objects.ts";
import { checkPolicyObject, validatePolicy } from "../../src/rules/validate.ts";
import { PolicyValidationError } from "../../src/rules/validation-error.ts";

const found = (policy: unknown): readonly string[] =>
  checkPolicyObject(policy).failures.map(({ path, message }) => `${path}: ${message}`);

/** What is wrong with `when.input.it`. */
const ofMatcher = (matcher: unknown): readonly string[] =>
  found({
    internalDomains: ["acme.com"],
    rules: [{ id: "a", decision: "deny", when: { input: { it: matcher } } }],
  }).map((one) => one.replace("rules[0].when.input.it", ""));

describe("validatePolicy", () => {
  it("says everything that is wrong at once, in the order in which it stands there", () => {
    const policy = {
      defaultDecision: "allow",
      internalDomain: ["acme.com"],
      internalDomains: ["acme.com", "@acme.com", 5],
      rules: [
        { id: "a", decision: "dney", when: { input: { n: { gt: "5" } }, contxt: {} }, because: "x" },
        { decision: "deny", risk: "hihg", requirements: ["x", ""], when: { action: [] } },
        { id: "a", decision: "clarification_required", when: { input: {}, arguments: {} } },
        "rule",
      ],
      defaultRisk: null,
    };
    expect(found(policy)).toEqual([
      'defaultDecision: expected "deny" or "approval_required", found "allow"',
      'internalDomain: there is no "internalDomain" here; did you mean "internalDomains"?',
      'internalDomains[1]: expected a domain such as "acme.com", found "@acme.com"',
      "internalDomains[2]: expected a string, found a number",
      'rules[0].decision: expected "allow", "approval_required", "clarification_required" or "deny", found "dney"; did you mean "deny"?',
      "rules[0].when.input.n.gt: expected a finite number, found a string",
      'rules[0].when.contxt: there is no "contxt" here; did you mean "context"?',
      'rules[0].because: there is no "because" here',
      'rules[1].risk: expected "low", "medium", "high" or "critical", found "hihg"; did you mean "high"?',
      "rules[1].requirements[1]: expected some text, found none",
      "rules[1].when.action: expected a name or a list of names, found an empty one",
      "rules[1].id: a rule needs an id",
      'rules[2].id: rules[0] has the id "a" too',
      "rules[2].when.arguments: `arguments` is another name for `input`; give one of them",
      "rules[2].reason: a clarification needs a reason, which is the question that is asked",
      "rules[3]: expected a record, found a string",
      'defaultRisk: expected "low", "medium", "high" or "critical", found null',
    ]);
    expect(() => validatePolicy(policy)).toThrow(PolicyValidationError);
    expect(checkPolicyObject(policy).failures.map(({ ruleId }) => ruleId)).toEqual([
      ...[null, null, null, null],
      ...["a", "a", "a", "a"],
      ...[null, null, null, null],
      ...["a", "a", "a"],
      ...[null, null],
    ]);
  });

  it("gives a copy of what is well-formed", () => {
    const policy: PolicyObject = { id: "p", rules: [{ id: "a", when: { action: ["x", "y*"] } }] };
    const copy = validatePolicy(policy);
    expect(copy).toEqual(policy);
    expect(copy).not.toBe(policy);
    expect(copy.rules[0]).not.toBe(policy.rules[0]);
  });

  it.each<[unknown, readonly string[]]>([
    [{ gt: 1, foo: 2 }, ['.foo: there is no "foo" here']],
    [{ gt: 1, ltt: 2 }, ['.ltt: there is no "ltt" here; did you mean "lt"?']],
    [{ eq: ["a"] }, [".eq: expected a string, number, boolean or null, found a list"]],
    [{ in: "a" }, [".in: expected a list of values, found a string"]],
    [{ in: [] }, [".in: expected a list of values, found an empty one"]],
    [{ in: ["a", {}] }, [".in[1]: expected a string, number, boolean or null, found a record"]],
    [{ exists: "yes" }, [".exists: expected true or false, found a string"]],
    [
      { lt: Number.NaN, gt: Infinity },
      [".lt: expected a finite number, found NaN", ".gt: expected a finite number, found Infinity"],
    ],
    [{ contains: null }, [".contains: expected a string, number or boolean, found null"]],
    [{ externalEmail: "acme.com" }, [".externalEmail: expected true or false, found a string"]],
    [{ exists: false, gt: 1 }, ['.gt: nothing is left for "gt" to look at where `exists` is false']],
    [
      { gt: 1, contains: "x" },
      ['.contains: "contains" is about text or lists here; what stands beside it is about numbers'],
    ],
    [{ eq: "a", in: [1, 2] }, ['.in: "in" is about numbers here; what stands beside it is about text']],
    [{ gt: 5, lt: 1 }, [": no value is all that is asked here"]],
    [{ gt: 5, lte: 5 }, [": no value is all that is asked here"]],
    [{ gte: 5, lte: 5, neq: 5 }, [": no value is all that is asked here"]],
    [{ eq: "a", neq: "a" }, [": no value is all that is asked here"]],
    [{ in: ["ab", "b"], contains: "c" }, [": no value is all that is asked here"]],
    [{ eq: null, exists: true }, [": no value is all that is asked here"]],
    [{ gte: 5, lte: 5 }, []],
    [{ in: [1, 9], gt: 5 }, []],
    ["a?*", [": `?` cannot stand in a text with `*`; take `*` for it"]],
    [Number.NaN, [": expected a finite number, found NaN"]],
    [() => 5, [": expected a string, number, boolean, null, list or record, found a function"]],
    [
      [{ nested: { greaterThan: 1 } }],
      ['[0].nested.greaterThan: there is no operator "greaterThan"; did you mean "gt"?'],
    ],
    [{ content: "x", late: true, id: 5, min: 1 }, []],
    ["a?b", []],
  ])("of %o", (matcher, failures) => {
    expect(ofMatcher(matcher)).toEqual(failures);
  });

  it("of what requests always are", () => {
    const when = {
      actor: { id: 5, type: { exists: true }, role: "x" },
      context: { exists: true },
      model: { confidence: "high", nam: "x", provider: { lt: 5 }, name: { in: ["a", 5] } },
      evidence: { type: { eq: null }, txt: "x", confidence: { grt: 5 } },
    };
    expect(found({ rules: [{ id: "a", decision: "deny", when }] })).toEqual([
      "rules[0].when.actor.id: expected a string or operators, found a number",
      "rules[0].when.actor.type.exists: this is there in every request",
      'rules[0].when.context.exists: "exists" is an operator; it stands below the field that it is about',
      "rules[0].when.model.confidence: expected a number or operators, found a string",
      'rules[0].when.model.nam: there is no "nam" here; did you mean "name"?',
      'rules[0].when.model.provider.lt: "lt" is about numbers here; this is always text',
      "rules[0].when.model.name.in: some of these are not text, which this always is",
      'rules[0].when.evidence.type.eq: "eq" is about null here; this is always text',
      'rules[0].when.evidence.txt: there is no "txt" here; did you mean "text"?',
      "rules[0].when.evidence.confidence: expected a number or operators, found a record",
    ]);
    const evidence = { any: { type: "x" }, cont: 1, all: [], count: { exists: true } };
    expect(found({ rules: [{ id: "a", decision: "deny", when: { evidence } }] })).toEqual([
      'rules[0].when.evidence.cont: there is no "cont" here; did you mean "count"?',
      "rules[0].when.evidence.all: expected a list of what items are asked, found an empty one",
      "rules[0].when.evidence.count.exists: this is there in every request",
    ]);
  });

  it("of objects that are no plain data", () => {
    const cycle: { [name: string]: unknown } = { id: "a", decision: "deny" };
    cycle.when = { input: { it: cycle } };
    expect(found({ rules: [cycle] })).toEqual([
      "rules[0].when.input.it: expected a string, number, boolean, null, list or record, found a record that holds itself",
    ]);
    const throwing = {
      get rules(): never {
        throw new Error("no");
      },
    };
    expect(found(throwing)).toEqual([": the object cannot be read"]);
    const hidden =
      '{"__proto__": 1, "rules": [{"id": "a", "__proto__": 1, "when": {"__proto__": 1, "input": {"__proto__": {"gt": 1, "__proto__": 1}}}}]}';
    expect(found(JSON.parse(hidden))).toEqual(
      ["", "rules[0].", "rules[0].when.", "rules[0].when.input.__proto__."].map(
        (place) => `${place}__proto__: there is no "__proto__" here`,
      ),
    );
    let deep: unknown = "x";
    for (let i = 0; i < 40; i++) deep = { a: deep };
    expect(ofMatcher(deep)[0]).toContain("32 deep at most");
    for (const given of [undefined, null, 5, "policy", []]) expect(found(given)).toHaveLength(1);
  });
});
