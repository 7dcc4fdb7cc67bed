import type { IToken } from "chevrotain";
import type { DurationNode, ExprNode, TrackItem } from "./ast.ts";
import { TestGrammar } from "./grammar-tests.ts";
import { retag } from "./token-checks.ts";
import * as t from "./tokens.ts";

/** Tracks. */
export class TrackGrammar extends TestGrammar {
  /** Reads `=`, or `:=` as other languages write it. */
  protected takeAssign(idx: number): IToken | undefined {
    this.mendAssign();
    return this.take(idx, t.Assign, "`=`");
  }

  protected mendAssign(): void {
    const token = this.LA(1);
    if (this.RECORDING_PHASE || token.tokenType !== t.ColonEqual) return;
    this.strange("`:=`", "write `=`", token, "=");
    retag(token, t.Assign);
  }

  protected readonly trackItem = this.RULE("trackItem", (): TrackItem => {
    const word = this.CONSUME(t.KEYWORDS.track);
    const name = this.takeNewName(1, "a track", "track calls = count on * per session");
    this.takeAssign(1);
    this.mend(["soft"], ["count", "seen", "sum"], "in a track");
    const figure = this.SUBRULE(this.figure);
    this.mend(["item"], ["on"], "after the figure");
    const on = this.take(1, t.KEYWORDS.on, "`on` and the tools");
    const tools =
      on === undefined && !this.RECORDING_PHASE
        ? ({ kind: "tools-pattern", patterns: [], ...this.here() } as const)
        : this.SUBRULE(this.patterns, { ARGS: [["when", "per", "within"]] });
    const rest = this.SUBRULE(this.trackClauses);
    const parts = { ...figure, tools, ...rest };
    return {
      kind: "track",
      ...(name && { name }),
      ...parts,
      ...this.docBefore(word),
      ...this.since(word.startOffset),
    };
  });

  private readonly figure = this.RULE(
    "figure",
    (): Figure =>
      this.OR([
        {
          ALT: (): Figure => {
            this.CONSUME(t.KEYWORDS.count);
            return { figure: "count" };
          },
        },
        {
          ALT: (): Figure => {
            this.CONSUME(t.KEYWORDS.seen);
            return { figure: "seen" };
          },
        },
        {
          ALT: (): Figure => {
            this.CONSUME(t.KEYWORDS.sum);
            return { figure: "sum", sum: this.SUBRULE(this.expression) };
          },
        },
        {
          ALT: (): Figure => {
            this.expected("`count`, `seen` or `sum`");
            return { figure: "count" };
          },
        },
      ]),
  );

  private readonly trackClauses = this.RULE("trackClauses", (): TrackRest => {
    const found: TrackRest = {};
    this.mendTrackClause();
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            const word = this.CONSUME(t.KEYWORDS.when);
            const when = this.SUBRULE(this.expression);
            this.ACTION(() => this.once("when", found.when, word));
            found.when ??= when;
          },
        },
        {
          ALT: () => {
            const word = this.CONSUME(t.KEYWORDS.per);
            const key = this.SUBRULE(this.key);
            this.ACTION(() => this.once("per", found.per, word));
            if (key !== undefined) found.per ??= key;
          },
        },
        {
          ALT: () => {
            const word = this.CONSUME(t.KEYWORDS.within);
            const token = this.take(1, t.DurationLiteral, "a duration such as `24h`");
            this.ACTION(() => this.once("within", found.within, word));
            if (token !== undefined) found.within ??= this.durationOf(token);
          },
        },
      ]);
      this.mendTrackClause();
    });
    this.ACTION(() => {
      if (found.per === undefined) this.expected("`per actor`, `per session` or `per policy`");
    });
    return found;
  });

  private mendTrackClause(): void {
    this.mend(["clause"], ["when", "per", "within"], "in a track");
  }

  private readonly key = this.RULE("key", (): TrackItem["per"] => {
    this.mend(["soft", "shape", "item"], ["actor", "session", "policy"], "after `per`");
    const token = this.OR([
      { ALT: () => this.CONSUME(t.KEYWORDS.actor) },
      { ALT: () => this.CONSUME(t.KEYWORDS.session) },
      { ALT: () => this.CONSUME(t.KEYWORDS.policy) },
      {
        ALT: () => {
          this.expected("`actor`, `session` or `policy`");
          return undefined;
        },
      },
    ]);
    return this.ACTION(
      () =>
        token && {
          key: String(token.tokenType.LABEL) as "actor" | "session" | "policy",
          ...this.spanOf(token),
        },
    );
  });
}

type Figure = Pick<TrackItem, "figure" | "sum">;

interface TrackRest {
  when?: ExprNode;
  per?: NonNullable<TrackItem["per"]>;
  within?: DurationNode;
}
