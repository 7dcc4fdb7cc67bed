import type { IToken } from "chevrotain";
import type {
  ClaimNode,
  EffectNode,
  ExprNode,
  Name,
  ProveItem,
  StringNode,
  TestItem,
  TestMember,
} from "./ast.ts";
import { RuleGrammar } from "./grammar-rules.ts";
import * as t from "./tokens.ts";

const GIVEN: ReadonlySet<string> = new Set([
  "actor",
  "context",
  "resource",
  "session",
  "model",
  "evidence",
  "now",
]);
const TEST_WORDS = [...GIVEN, "call", "expect", "after"];

/** A test's line before its span is known. */
type Parts = TestMember extends infer Member
  ? Member extends TestMember
    ? Omit<Member, "start" | "end">
    : never
  : never;

/** Tests and proofs. */
export class TestGrammar extends RuleGrammar {
  /** Whether the last line of the test was indented. */
  private indented = false;

  /** `test "NAME" { … }`. */
  protected readonly testItem = this.RULE("testItem", (): TestItem => {
    const word = this.CONSUME(t.KEYWORDS.test);
    const name = this.takeString(1, "the test's name in quotes");
    const members: TestMember[] = [];
    const open = this.openBrace(1, "`{` and the calls");
    this.indented = false;
    this.toTestMember();
    this.MANY({
      GATE: () => this.atTestMember(),
      DEF: () => {
        const member = this.SUBRULE(this.testMember);
        if (member !== undefined) members.push(member);
        this.toTestMember();
      },
    });
    if (open !== undefined || members.length > 0) this.close(1, open, t.CloseBrace);
    else this.OPTION({ GATE: () => false, DEF: () => this.CONSUME2(t.CloseBrace) });
    return {
      kind: "test",
      ...(name && { name }),
      members,
      ...this.docBefore(word),
      ...this.since(word.startOffset),
    };
  });

  /** Skips to the next line of a test. A given root looks like an item, so the two are told apart by what surrounds them. */
  private toTestMember(): void {
    if (this.RECORDING_PHASE) return;
    const mend = () => {
      const { image } = this.LA(1);
      if (!GIVEN.has(image)) this.mend(["soft", "shape"], TEST_WORDS, "in a test");
    };
    mend();
    this.skipJunk(
      () => this.atTestMember(),
      "`call`, `expect`, `after` or what is given, such as `actor { … }`",
      () => {
        if (this.startsLine()) mend();
        return this.atTestMember();
      },
    );
  }

  private atTestMember(): boolean {
    const { image, tokenType } = this.LA(1);
    if ([t.KEYWORDS.call, t.KEYWORDS.expect, t.KEYWORDS.after].includes(tokenType)) return true;
    return (
      GIVEN.has(image) && !(this.indented && this.startsColumnZero() && t.roleOfToken(this.LA(1)) === "shape")
    );
  }

  /** Where the lines before were indented, a shape that is not is an item after a test that was never closed. */
  private startsColumnZero(): boolean {
    const { startOffset } = this.LA(1);
    return startOffset === 0 || /[\n\r]/.test(this.text.charAt(startOffset - 1));
  }

  private readonly testMember = this.RULE("testMember", (): TestMember | undefined => {
    const start = this.LA(1).startOffset;
    this.indented = !this.startsColumnZero();
    const parts = this.OR([
      { ALT: () => this.SUBRULE(this.call) },
      { ALT: () => this.SUBRULE(this.expectation) },
      { ALT: () => this.SUBRULE(this.after) },
      { GATE: () => GIVEN.has(this.LA(1).image), ALT: () => this.SUBRULE(this.given) },
    ]);
    return this.ACTION(() => parts && ({ ...parts, ...this.since(start) } as TestMember));
  });

  private readonly call = this.RULE("call", (): Parts | undefined => {
    this.CONSUME(t.KEYWORDS.call);
    const tool = this.SUBRULE(this.pattern);
    const raw = this.OPTION1(() => this.CONSUME(t.KEYWORDS.raw)) !== undefined;
    const input = this.OPTION2({
      GATE: () => this.isAt(t.OpenBrace) || (raw && this.startsOperand() && !this.atTestMember()),
      DEF: () => this.SUBRULE(this.operand),
    });
    return tool && { kind: "call", tool, raw, ...(input && { input }) };
  });

  private readonly expectation = this.RULE("expectation", (): Parts | undefined => {
    this.CONSUME(t.KEYWORDS.expect);
    const effect = this.SUBRULE(this.effect);
    const by: (readonly Name[])[] = [];
    this.mend(["soft"], ["by", "code"], "after the effect");
    this.OPTION3(() => {
      this.CONSUME(t.KEYWORDS.by);
      by.push(this.SUBRULE1(this.ruleReference));
      this.MANY({
        GATE: () => this.isAt(t.Comma) || this.lacksComma(),
        DEF: () => {
          this.separated(1, () => this.lacksComma());
          by.push(this.SUBRULE2(this.ruleReference));
        },
      });
    });
    const code = this.OPTION2(() => {
      this.CONSUME(t.KEYWORDS.code);
      return this.takeWord(9, "a code such as `default`");
    });
    return (
      effect && { kind: "expect", effect, by: by.filter((names) => names.length > 0), ...(code && { code }) }
    );
  });

  /** Another rule's name on the same line, and not what is given next. */
  private lacksComma(): boolean {
    return this.isAt(t.Identifier) && !this.startsLine() && !GIVEN.has(this.LA(1).image);
  }

  private readonly ruleReference = this.RULE("ruleReference", (): readonly Name[] => {
    const names: Name[] = [];
    const push = (name: Name | undefined) => {
      if (name !== undefined) names.push(name);
    };
    push(this.takeWord(1, "a rule's name"));
    this.MANY(() => {
      this.CONSUME(t.Dot);
      push(this.takeWord(2, "a rule's name"));
    });
    return names;
  });

  private readonly after = this.RULE("after", (): Parts | undefined => {
    this.CONSUME(t.KEYWORDS.after);
    const token = this.take(1, t.DurationLiteral, "a duration such as `2h`");
    return token && { kind: "after", duration: this.durationOf(token) };
  });

  private readonly given = this.RULE("given", (): Parts => {
    const root = this.nameOf(this.CONSUME(t.Word));
    this.OPTION({ GATE: () => this.isAt(t.Assign) || this.isAt(t.Colon), DEF: () => this.needlessSign() });
    const value: ExprNode = this.SUBRULE(this.operand);
    return { kind: "given", root, value };
  });

  private needlessSign(): void {
    this.OR([{ ALT: () => this.CONSUME(t.Assign) }, { ALT: () => this.CONSUME(t.Colon) }]);
    this.ACTION(() => this.strange("a sign between the root and its value", "remove it", this.LA(0), ""));
  }

  /** `prove "NAME" { never … }`. */
  protected readonly proveItem = this.RULE("proveItem", (): ProveItem => {
    const word = this.CONSUME(t.KEYWORDS.prove);
    const name: StringNode | undefined = this.takeString(1, "the proof's name in quotes");
    const claims: ClaimNode[] = [];
    const open = this.openBrace(1, "`{` and the claims");
    this.toClaim();
    this.MANY(() => {
      claims.push(this.SUBRULE(this.claim));
      this.toClaim();
    });
    if (open !== undefined || claims.length > 0 || this.RECORDING_PHASE) this.close(1, open, t.CloseBrace);
    return {
      kind: "prove",
      ...(name && { name }),
      claims,
      ...this.docBefore(word),
      ...this.since(word.startOffset),
    };
  });

  private toClaim(): void {
    if (this.RECORDING_PHASE) return;
    const atClaim = () => this.isAt(t.KEYWORDS.never) || this.isAt(t.KEYWORDS.always);
    this.mend(["soft"], ["never", "always"], "at the start of a claim");
    this.skipJunk(atClaim, "`never` or `always`", () => {
      if (this.startsLine()) this.mend(["soft"], ["never", "always"], "at the start of a claim");
      return atClaim();
    });
  }

  private readonly claim = this.RULE("claim", (): ClaimNode => {
    const word: IToken = this.OR([
      { ALT: () => this.CONSUME(t.KEYWORDS.never) },
      { ALT: () => this.CONSUME(t.KEYWORDS.always) },
    ]);
    const effects: EffectNode[] = [];
    const push = (effect: EffectNode | undefined) => {
      if (effect !== undefined) effects.push(effect);
    };
    push(this.SUBRULE1(this.effect));
    this.MANY1({
      GATE: () => this.isAt(t.Comma) || this.atMember(),
      DEF: () => {
        this.separated(1, () => this.atMember());
        push(this.SUBRULE2(this.effect));
      },
    });
    this.mend(["item"], ["on"], "after the effects");
    const on = this.take(1, t.KEYWORDS.on, "`on` and the tools");
    const tools =
      on === undefined && !this.RECORDING_PHASE
        ? ({ kind: "tools-pattern", patterns: [], ...this.here() } as const)
        : this.SUBRULE(this.patterns, { ARGS: [["where", "when"]] });
    const conditions = this.SUBRULE(this.claimConditions);
    const form = word.tokenType === t.KEYWORDS.always ? "always" : "never";
    return { kind: "claim", form, effects, tools, ...conditions, ...this.since(word.startOffset) };
  });

  private readonly claimConditions = this.RULE(
    "claimConditions",
    (): { where?: ExprNode; when?: ExprNode } => {
      const found: { where?: ExprNode; when?: ExprNode } = {};
      this.MANY(() => {
        const word = this.OR([
          { ALT: () => this.CONSUME(t.KEYWORDS.where) },
          { ALT: () => this.CONSUME(t.KEYWORDS.when) },
        ]);
        const kind = word.tokenType === t.KEYWORDS.when ? "when" : "where";
        const condition = this.SUBRULE(this.expression);
        this.ACTION(() => this.once(kind, found[kind], word));
        found[kind] ??= condition;
      });
      return found;
    },
  );
}
