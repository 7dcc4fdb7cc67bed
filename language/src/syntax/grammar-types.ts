import type { IToken } from "chevrotain";
import * as problems from "../diagnostics/messages/syntax.ts";
import type { FieldNode, Name, TypeNode } from "./ast.ts";
import { NESTING_LIMIT } from "./parser-base.ts";
import { RecoveringParser } from "./parser-recovery.ts";
import * as t from "./tokens.ts";

/** Types as TypeScript writes them, and the fields of records, shapes, tools and functions. */
export class TypeGrammar extends RecoveringParser {
  /** `A | B`, with an optional `|` before the first. */
  readonly type = this.RULE("type", (): TypeNode => {
    const start = this.LA(1).startOffset;
    const members: TypeNode[] = [];
    this.OPTION(() => this.CONSUME(t.Bar));
    members.push(this.SUBRULE(this.listType));
    this.MANY(() => {
      this.CONSUME2(t.Bar);
      members.push(this.SUBRULE2(this.listType));
    });
    const [only] = members;
    if (members.length === 1 && only !== undefined) return only;
    return { kind: "type-union", members, ...this.since(Math.min(start, only?.start ?? start)) };
  });

  private readonly listType = this.RULE("listType", (): TypeNode => {
    const start = this.LA(1).startOffset;
    let type = this.SUBRULE(this.primaryType);
    let levels = this.nesting;
    this.MANY(() => {
      const open = this.CONSUME(t.OpenBracket);
      this.close(1, open, t.CloseBracket);
      this.ACTION(() => {
        if (++levels <= NESTING_LIMIT)
          type = { kind: "type-list", element: type, ...this.since(Math.min(start, type.start)) };
        else if (levels === NESTING_LIMIT + 1)
          this.note(problems.TOO_DEEP, { limit: NESTING_LIMIT }, this.spanOf(open));
      });
    });
    return type;
  });

  private readonly primaryType = this.RULE("primaryType", (): TypeNode => {
    if (this.tooDeep()) return { kind: "type-error", ...this.here() };
    return this.OR([
      { ALT: () => this.SUBRULE(this.recordType) },
      {
        ALT: (): TypeNode => {
          const open = this.CONSUME(t.OpenParen);
          this.nesting++;
          const inner = this.SUBRULE(this.type);
          this.nesting--;
          this.close(1, open, t.CloseParen);
          return inner;
        },
      },
      { ALT: (): TypeNode => this.literalType(this.CONSUME(t.StringLiteral)) },
      {
        ALT: (): TypeNode => {
          const minus = this.OPTION(() => this.CONSUME(t.Minus));
          return this.numberType(minus, this.take(1, t.NumberLiteral, "a number"));
        },
      },
      {
        GATE: () => !this.atBoundary(),
        ALT: (): TypeNode => {
          const type = this.namedType(this.CONSUME1(t.Word));
          // `org.level`, a type of an imported file.
          const part = this.OPTION2({
            GATE: () => this.isAt(t.Word, 2),
            DEF: () => {
              this.CONSUME(t.Dot);
              return this.CONSUME2(t.Word);
            },
          });
          return part === undefined ? type : this.ACTION(() => this.partOf(type, part));
        },
      },
      {
        ALT: (): TypeNode => {
          this.expected(
            "a type",
            'types are `string`, `number`, `integer`, `boolean`, `null`, `any`, `"a" | "b"`, `T[]`, `{ a: T }`',
          );
          return { kind: "type-error", ...this.here() };
        },
      },
    ]);
  });

  private literalType(token: IToken): TypeNode {
    return {
      kind: "type-literal",
      value: this.RECORDING_PHASE ? "" : this.decoded(token),
      ...this.spanOf(token),
    };
  }

  private numberType(minus: IToken | undefined, token: IToken | undefined): TypeNode {
    if (token === undefined) return { kind: "type-error", ...this.here() };
    const value = Number.parseFloat(token.image) * (minus === undefined ? 1 : -1);
    return { kind: "type-literal", value, ...this.since(minus?.startOffset ?? token.startOffset) };
  }

  private partOf(type: TypeNode, part: IToken): TypeNode {
    const end = this.spanOf(part).end;
    const text = this.text.slice(type.start, end);
    return { kind: "type-name", name: { text, start: type.start, end }, start: type.start, end };
  }

  private namedType(token: IToken): TypeNode {
    const span = this.spanOf(token);
    switch (token.tokenType) {
      case t.KEYWORDS.true:
        return { kind: "type-literal", value: true, ...span };
      case t.KEYWORDS.false:
        return { kind: "type-literal", value: false, ...span };
      case t.KEYWORDS.null:
        return { kind: "type-literal", value: null, ...span };
      default:
        return { kind: "type-name", name: this.nameOf(token), ...span };
    }
  }

  private readonly recordType = this.RULE("recordType", (): TypeNode => {
    const start = this.LA(1).startOffset;
    this.nesting++;
    const fields = this.SUBRULE(this.fieldsInBraces);
    this.nesting--;
    return { kind: "type-record", fields, ...this.since(start) };
  });

  /** `{ a: T, b?: T }`. */
  protected readonly fieldsInBraces = this.RULE("fieldsInBraces", (): FieldNode[] => {
    const fields: FieldNode[] = [];
    const open = this.openBrace(1, "`{` and the fields");
    this.fieldList(fields);
    this.close(1, open, t.CloseBrace);
    return fields;
  });

  /** `(a: T, b?: T)`. */
  protected readonly fieldsInParens = this.RULE("fieldsInParens", (): FieldNode[] => {
    const fields: FieldNode[] = [];
    const open = this.take(1, t.OpenParen, "`(` and the parameters");
    this.fieldList(fields);
    this.close(1, open, t.CloseParen);
    return fields;
  });

  private fieldList(into: FieldNode[]): void {
    this.skipToField();
    this.MANY({
      GATE: () => this.atField(),
      DEF: () => {
        into.push(this.SUBRULE(this.field));
        this.separated(1, () => this.atField());
        this.skipToField();
      },
    });
  }

  private skipToField(): void {
    this.skipJunk(
      () => this.atField() || this.isAt(t.CloseParen),
      "a field such as `name: string`",
      () => this.atBoundary(),
    );
  }

  private atField(): boolean {
    if (this.isAt(t.StringLiteral)) return this.isAt(t.Colon, 2) || this.isAt(t.Question, 2);
    return this.isAt(t.Word) && (!this.atBoundary() || this.isAt(t.Colon, 2) || this.isAt(t.Question, 2));
  }

  private readonly field = this.RULE("field", (): FieldNode => {
    const first = this.LA(1);
    const name = this.OR([
      { ALT: () => this.quoted(this.CONSUME(t.StringLiteral)) },
      { ALT: () => this.nameOf(this.CONSUME(t.Word)) },
    ]);
    const optional = this.OPTION(() => this.CONSUME(t.Question)) !== undefined;
    const colon = this.take(1, t.Colon, "`:` and a type");
    const type: TypeNode =
      colon === undefined && !this.RECORDING_PHASE && !this.startsType()
        ? { kind: "type-error", ...this.here() }
        : this.SUBRULE(this.type);
    return {
      kind: "field",
      name,
      optional,
      type,
      ...this.docBefore(first),
      ...this.since(first.startOffset),
    };
  });

  private startsType(): boolean {
    return !this.startsLine() && (this.isAt(t.Word) || this.isAt(t.StringLiteral) || this.isAt(t.OpenBrace));
  }

  protected quoted(token: IToken): Name {
    return this.RECORDING_PHASE ? this.nameOf(token) : this.quotedName(token);
  }

  /** At the limit of nesting: reports it once and skips all that goes too deep. */
  protected tooDeep(): boolean {
    if (this.RECORDING_PHASE || this.nesting < NESTING_LIMIT) return false;
    if (this.mayComplain()) this.note(problems.TOO_DEEP, { limit: NESTING_LIMIT }, this.spanOf(this.LA(1)));
    this.skipToClosing();
    this.hush();
    return true;
  }
}
