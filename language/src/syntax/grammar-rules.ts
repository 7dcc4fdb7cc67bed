import type { IToken } from "chevrotain";
import * as problems from "../diagnostics/messages/syntax.ts";
import type { BlockItem, ClauseNode, Effect, EffectNode, ExprNode, MaskNode, Name, RuleNode } from "./ast.ts";
import { effectWords, takersOf, takesClause } from "./clauses.ts";
import { ClauseGrammar } from "./grammar-clauses.ts";
import { describe } from "./parser-base.ts";
import { endOf } from "./token-checks.ts";
import * as t from "./tokens.ts";
import { wordsOf } from "./words.ts";

const MEMBER_WORDS = wordsOf("member", "item", "clause");
const CLAUSE_WORDS = wordsOf("clause", "member", "item", "operator");

/** Blocks, rules, clauses and masks. */
export class RuleGrammar extends ClauseGrammar {
  /** `allow`, `deny`, `require approval`, `require clarification`. */
  protected readonly effect = this.RULE("effect", (): EffectNode | undefined => {
    this.mendEffect();
    this.mend(["member"], ["allow", "deny", "require"], "for an effect");
    return this.OR([
      { ALT: () => this.effectOf("allow", this.CONSUME(t.KEYWORDS.allow)) },
      { ALT: () => this.effectOf("deny", this.CONSUME(t.KEYWORDS.deny)) },
      { ALT: () => this.effectOf("approval_required", this.CONSUME(t.Approve)) },
      {
        ALT: () => {
          const word = this.CONSUME(t.KEYWORDS.require);
          return this.effectOf(this.SUBRULE(this.checkpoint), word);
        },
      },
      {
        ALT: () => {
          this.expected(
            "an effect",
            "the effects are `allow`, `require approval`, `require clarification` and `deny`",
          );
          return undefined;
        },
      },
    ]);
  });

  private effectOf(effect: Effect, word: IToken): EffectNode {
    return { kind: "effect", effect, ...this.since(word.startOffset) };
  }

  private readonly checkpoint = this.RULE("checkpoint", (): Effect => {
    this.mend(["soft"], ["approval", "clarification"], "after `require`");
    return this.OR([
      {
        ALT: (): Effect => {
          this.CONSUME(t.KEYWORDS.approval);
          return "approval_required";
        },
      },
      {
        ALT: (): Effect => {
          this.CONSUME(t.KEYWORDS.clarification);
          return "clarification_required";
        },
      },
      {
        ALT: (): Effect => {
          this.expected("`approval` or `clarification` after `require`");
          return "approval_required";
        },
      },
    ]);
  });

  /** `on TOOLS [where EXPR] { … }`. */
  protected readonly blockItem = this.RULE("blockItem", (): BlockItem => {
    const word = this.CONSUME(t.KEYWORDS.on);
    const tools = this.SUBRULE(this.patterns, { ARGS: [["where"]] });
    const where = this.OPTION1(() => {
      this.CONSUME(t.KEYWORDS.where);
      return this.OR1([
        { GATE: () => !this.isAt(t.OpenBrace), ALT: () => this.SUBRULE1(this.expression) },
        { ALT: () => this.missingWhere() },
      ]);
    });
    this.OPTION2(() => {
      const when = this.OR([
        { ALT: () => this.CONSUME(t.KEYWORDS.when) },
        { ALT: () => this.CONSUME(t.KEYWORDS.unless) },
      ]);
      this.ACTION(() => this.blockCondition(when));
      this.SUBRULE2(this.expression);
    });
    const open = this.openBrace(1, "`{` and the rules");
    const members =
      open !== undefined || this.atMember() || this.RECORDING_PHASE ? this.SUBRULE(this.members) : [];
    if (open !== undefined || members.length > 0 || this.RECORDING_PHASE) this.close(1, open, t.CloseBrace);
    const condition = where === undefined ? {} : { where };
    return {
      kind: "block",
      tools,
      ...condition,
      members,
      ...this.docBefore(word),
      ...this.since(word.startOffset),
    };
  });

  /** The brace after `where` opens the block and no record. */
  private missingWhere(): ExprNode {
    this.expected("a condition over the tools, as in `tool.destructive`");
    return { kind: "error", ...this.here() };
  }

  private blockCondition(word: IToken): void {
    if (!this.mayComplain()) return;
    const help = "a block takes `where`, over the tools; move the condition into the rules";
    this.note(
      problems.UNEXPECTED_TOKEN,
      { expected: "`where` or `{`", found: describe(word), help },
      this.spanOf(word),
    );
    this.hush();
  }

  /** What stands in the braces of a block. */
  protected readonly members = this.RULE("members", (): (RuleNode | MaskNode)[] => {
    const members: (RuleNode | MaskNode)[] = [];
    this.toMember();
    this.MANY(() => {
      const member = this.OR([
        { ALT: () => this.SUBRULE(this.rule) },
        { ALT: () => this.SUBRULE(this.mask) },
      ]);
      if (member !== undefined) members.push(member);
      this.toMember();
    });
    return members;
  });

  protected atMember(): boolean {
    return (
      this.isAt(t.KEYWORDS.allow) ||
      this.isAt(t.KEYWORDS.deny) ||
      this.isAt(t.KEYWORDS.require) ||
      this.isAt(t.KEYWORDS.mask) ||
      this.isAt(t.Approve)
    );
  }

  private mendMember(): void {
    this.mendEffect();
    this.mend(["member"], MEMBER_WORDS, "at the start of a rule");
  }

  private toMember(): void {
    if (this.RECORDING_PHASE) return;
    this.mendMember();
    this.skipJunk(
      () => this.atMember(),
      "a rule or `}`",
      () => {
        if (this.startsLine()) this.mendMember();
        return this.atMember();
      },
    );
  }

  private readonly mask = this.RULE("mask", (): MaskNode => {
    const word = this.CONSUME(t.KEYWORDS.mask);
    const paths = this.SUBRULE(this.paths);
    return { kind: "mask", paths, ...this.docBefore(word), ...this.since(word.startOffset) };
  });

  private readonly rule = this.RULE("rule", (): RuleNode | undefined => {
    const first = this.LA(1);
    const effect = this.SUBRULE(this.effect);
    const name = this.OPTION({ GATE: () => this.atRuleName(), DEF: () => this.ruleName() });
    if (name === undefined) this.ACTION(() => this.unnamedRule(effect));
    const clauses: ClauseNode[] = [];
    this.toClause();
    this.MANY(() => {
      const clause = this.SUBRULE(this.clause);
      if (clause !== undefined) clauses.push(clause);
      this.toClause();
    });
    return this.ACTION(() => {
      if (effect === undefined) return undefined;
      const span = this.since(first.startOffset);
      const rule: RuleNode = {
        kind: "rule",
        effect,
        ...(name && { name }),
        clauses,
        ...this.docBefore(first),
        ...span,
      };
      this.checkClauses(rule);
      return rule;
    });
  });

  private ruleName(): Name {
    return this.OR([
      {
        ALT: () => {
          const token = this.CONSUME(t.StringLiteral);
          const text = this.RECORDING_PHASE ? "" : this.decoded(token);
          this.ACTION(() =>
            this.note(
              problems.UNEXPECTED_TOKEN,
              {
                expected: "a name for the rule",
                found: "a text in quotes",
                help: "names of rules have no quotes; `because` gives a reason",
              },
              this.spanOf(token),
            ),
          );
          return { text, quoted: true, start: token.startOffset, end: endOf(token) };
        },
      },
      { ALT: () => this.nameOf(this.CONSUME(t.Word)) },
    ]);
  }

  private unnamedRule(effect: EffectNode | undefined): void {
    if (effect === undefined || !this.mayComplain()) return;
    const words = effectWords(effect.effect);
    this.note(
      problems.MISSING_NAME,
      { what: `a rule with \`${words}\``, example: `${words} small-transfer`, found: this.foundNext() },
      { start: effect.start, end: effect.end },
    );
  }

  /** Any word is a name, but for one that evidently begins the first clause or the next rule. */
  private atRuleName(): boolean {
    if (this.isAt(t.StringLiteral)) return true;
    if (!this.isAt(t.Word)) return false;
    const role = t.roleOfToken(this.LA(1));
    if (role === "clause") {
      const next = t.roleOfToken(this.LA(2));
      return next === "clause" || next === "member" || this.isAt(t.CloseBrace, 2);
    }
    if (role === "member") return !this.startsLine();
    return !this.atBoundary() && !this.isAt(t.KEYWORDS.if);
  }

  private toClause(): void {
    if (this.RECORDING_PHASE) return;
    this.mendClause();
    const stops = () => {
      this.mendClause();
      return this.atMember() || this.atForeignMember();
    };
    if (this.atLostRule()) return;
    this.skipJunk(
      () => this.atClause(),
      "a clause, a rule or `}`",
      () => this.atLostRule() || stops(),
    );
  }

  /** A name with clauses below it, whose effect is missing: its clauses are not those of the rule before. */
  private atLostRule(): boolean {
    return (
      this.LA(1).tokenType === t.Identifier &&
      this.startsLine() &&
      t.roleOfToken(this.LA(2)) === "clause" &&
      this.startsLine(2)
    );
  }

  /** A word at the start of a line that the block will read as the next rule. */
  private atForeignMember(): boolean {
    if (this.LA(1).tokenType !== t.Identifier || !this.startsLine()) return false;
    this.mendMember();
    return this.atMember();
  }

  private mendClause(): void {
    const token = this.LA(1);
    if (token.tokenType === t.Identifier) this.mend(["clause"], CLAUSE_WORDS, "in a rule");
    else if (token.tokenType === t.KEYWORDS.if) {
      const span = this.spanOf(token);
      if (this.mayComplain())
        this.note(
          problems.FOREIGN_SYNTAX,
          { found: "`if` after a rule's name", advice: "write `when`" },
          span,
          {
            fix: ["write `when`", { ...span, text: "when" }],
          },
        );
      token.tokenType = t.KEYWORDS.when;
      token.tokenTypeIdx = t.KEYWORDS.when.tokenTypeIdx ?? -1;
    }
  }

  private atClause(): boolean {
    const { tokenType } = this.LA(1);
    return (
      t.roleOfToken(this.LA(1)) === "clause" && tokenType !== t.KEYWORDS.where && tokenType !== t.KEYWORDS.per
    );
  }

  /** Each clause once, each where it has a meaning, and a question in every clarification. */
  private checkClauses(rule: RuleNode): void {
    const seen = new Map<string, ClauseNode>();
    const effect = rule.effect.effect;
    for (const clause of rule.clauses) {
      const first = seen.get(clause.kind);
      const word = { start: clause.start, end: clause.start + clause.kind.length };
      if (first !== undefined) {
        const earlier = { file: this.path, start: first.start, end: first.end, message: "first given here" };
        this.note(problems.DUPLICATE_CLAUSE, { clause: clause.kind }, word, { related: [earlier] });
      } else if (!takesClause(effect, clause.kind)) {
        const takenBy = takersOf(clause.kind);
        this.note(
          problems.MISPLACED_CLAUSE,
          { clause: clause.kind, effect: effectWords(effect), takenBy },
          word,
          {
            fix: [`remove \`${clause.kind}\``, { start: clause.start, end: clause.end, text: "" }],
          },
        );
      }
      seen.set(clause.kind, clause);
    }
    if (
      effect === "clarification_required" &&
      !seen.has("ask") &&
      rule.name !== undefined &&
      !this.isMuted(rule)
    )
      this.note(problems.MISSING_ASK, { rule: rule.name.text }, rule.name);
  }

  private isMuted({ start, end }: RuleNode): boolean {
    return this.muted.some((span) => span.start < end && start < span.end);
  }
}
