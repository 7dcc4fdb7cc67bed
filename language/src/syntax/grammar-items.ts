import * as problems from "../diagnostics/messages/syntax.ts";
import type {
  BlockItem,
  DefaultItem,
  ExprNode,
  FieldNode,
  FnItem,
  ImportItem,
  Item,
  LetItem,
  PolicyItem,
  StringNode,
  TypeItem,
  TypeNode,
} from "./ast.ts";
import { effectWords } from "./clauses.ts";
import { TrackGrammar } from "./grammar-tracks.ts";
import * as t from "./tokens.ts";
import { wordsOf } from "./words.ts";

const ITEM_WORDS = wordsOf("item", "shape", "member");

/** Whole files. */
export class PolicyParser extends TrackGrammar {
  constructor() {
    super();
    this.performSelfAnalysis();
  }

  /** Every item of the file, in order. */
  readonly file = this.RULE("file", (): Item[] => {
    const items: Item[] = [];
    this.toItem(items);
    this.MANY({
      GATE: () => !this.atEnd(),
      DEF: () => {
        this.OR([
          { GATE: () => this.atMember(), ALT: () => this.SUBRULE(this.strayMembers, { ARGS: [items] }) },
          { ALT: () => items.push(this.SUBRULE(this.item)) },
        ]);
        this.toItem(items);
      },
    });
    return items;
  });

  private readonly item = this.RULE(
    "item",
    (): Item =>
      this.OR([
        { ALT: () => this.SUBRULE(this.policyItem) },
        { ALT: () => this.SUBRULE(this.importItem) },
        { ALT: () => this.SUBRULE(this.toolsItem) },
        { ALT: () => this.SUBRULE(this.shapeItem) },
        { ALT: () => this.SUBRULE(this.typeItem) },
        { ALT: () => this.SUBRULE(this.letItem) },
        { ALT: () => this.SUBRULE(this.fnItem) },
        { ALT: () => this.SUBRULE(this.trackItem) },
        { ALT: () => this.SUBRULE(this.defaultItem) },
        { ALT: () => this.SUBRULE(this.blockItem) },
        { ALT: () => this.SUBRULE(this.testItem) },
        { ALT: () => this.SUBRULE(this.proveItem) },
      ]),
  );

  /** Skips to the next item; what is skipped becomes an item of its own, so that no text is without a node. */
  private toItem(items: Item[]): void {
    if (this.RECORDING_PHASE) return;
    const ready = () => ["item", "shape"].includes(t.roleOfToken(this.LA(1)) ?? "") || this.atMember();
    const mend = () => {
      this.mendEffect();
      this.mend(["item", "shape", "member"], ITEM_WORDS, "at the start of an item");
    };
    mend();
    while (!this.atEnd() && !ready()) {
      if (this.isAt(t.Semicolon)) {
        this.semicolon("remove it");
        continue;
      }
      const start = this.LA(1).startOffset;
      this.unexpected(
        this.isAt(t.CloseBrace) ? "an item; this `}` closes nothing" : "an item such as `on TOOLS { … }`",
      );
      do {
        this.skipBalanced();
        if (this.startsLine()) mend();
      } while (!this.atEnd() && !(ready() && (this.startsLine() || this.atItem())));
      this.hush();
      items.push({ kind: "error-item", ...this.since(start) });
      mend();
    }
  }

  /** Rules that stand in no block: most likely a `}` too many closed theirs, and it goes on here. */
  private readonly strayMembers = this.RULE("strayMembers", (items: Item[]) => {
    const first = this.LA(1);
    this.ACTION(() => {
      if (this.mayComplain())
        this.note(problems.RULE_OUTSIDE_BLOCK, { word: first.image }, this.spanOf(first));
    });
    const members = this.SUBRULE(this.members);
    this.OPTION(() => this.CONSUME(t.CloseBrace));
    this.ACTION(() => {
      const block = items.at(-1);
      const span = this.since(first.startOffset);
      if (block?.kind === "block")
        items[items.length - 1] = { ...block, members: [...block.members, ...members], end: span.end };
      else {
        const nowhere = { kind: "tools-pattern", patterns: [], start: span.start, end: span.start } as const;
        items.push({ kind: "block", tools: nowhere, members, ...span } satisfies BlockItem);
      }
    });
  });

  private readonly policyItem = this.RULE("policyItem", (): PolicyItem => {
    const word = this.CONSUME(t.KEYWORDS.policy);
    const name = this.takeNewName(1, "a policy", "policy payments", false);
    this.mend(["soft"], ["version"], "after the policy's name");
    const version = this.OPTION(() => {
      this.CONSUME(t.KEYWORDS.version);
      return this.takeString(1, 'a version in quotes, as in `version "1.0.0"`');
    });
    const parts = { ...(name && { name }), ...(version && { version }) };
    return { kind: "policy", ...parts, ...this.docBefore(word), ...this.since(word.startOffset) };
  });

  private readonly importItem = this.RULE("importItem", (): ImportItem => {
    const word = this.CONSUME(t.KEYWORDS.import);
    const path = this.takeString(1, 'a path in quotes, as in `import "./org.agentpolicy" as org`');
    this.mend(["soft"], ["as"], "after the path");
    const as = this.take(1, t.KEYWORDS.as, "`as` and a name");
    const name =
      as === undefined && !this.RECORDING_PHASE
        ? undefined
        : this.takeNewName(1, "an import", 'import "./org.agentpolicy" as org');
    const parts = { ...(path && { path }), ...(name && { name }) };
    return { kind: "import", ...parts, ...this.docBefore(word), ...this.since(word.startOffset) };
  });

  private readonly typeItem = this.RULE("typeItem", (): TypeItem => {
    const word = this.CONSUME(t.KEYWORDS.type);
    const name = this.takeNewName(1, "a type", 'type env = "dev" | "prod"', false);
    this.takeAssign(1);
    const type: TypeNode = this.SUBRULE(this.type);
    return {
      kind: "type",
      ...(name && { name }),
      type,
      ...this.docBefore(word),
      ...this.since(word.startOffset),
    };
  });

  private readonly letItem = this.RULE("letItem", (): LetItem => {
    const word = this.CONSUME(t.KEYWORDS.let);
    const name = this.takeNewName(1, "a constant", "let limit = 500");
    const type = this.OPTION(() => {
      this.CONSUME(t.Colon);
      return this.SUBRULE(this.type);
    });
    let from: StringNode | undefined;
    let value: ExprNode | undefined;
    this.mendAssign();
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.KEYWORDS.from);
          from = this.takeString(1, 'a path in quotes, as in `from "./names.json"`');
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.Assign);
          value = this.SUBRULE(this.expression);
        },
      },
      { ALT: () => this.expected('`=` and a value, or `from "PATH"`') },
    ]);
    const parts = {
      ...(name && { name }),
      ...(type && { type }),
      ...(value && { value }),
      ...(from && { from }),
    };
    return { kind: "let", ...parts, ...this.docBefore(word), ...this.since(word.startOffset) };
  });

  private readonly fnItem = this.RULE("fnItem", (): FnItem => {
    const word = this.CONSUME(t.KEYWORDS.fn);
    const name = this.takeNewName(1, "a function", "fn is-large(amount: number) = amount > 500");
    const parameters: FieldNode[] =
      this.isAt(t.OpenParen) || this.RECORDING_PHASE
        ? this.SUBRULE(this.fieldsInParens)
        : this.missingParameters();
    this.ACTION(() => this.checkParameterNames(parameters));
    this.takeAssign(1);
    const body = this.SUBRULE(this.expression);
    return {
      kind: "fn",
      ...(name && { name }),
      parameters,
      body,
      ...this.docBefore(word),
      ...this.since(word.startOffset),
    };
  });

  private missingParameters(): FieldNode[] {
    this.expected("`(` and the parameters", "a function without parameters has `()`; a constant is a `let`");
    return [];
  }

  private readonly defaultItem = this.RULE("defaultItem", (): DefaultItem => {
    const word = this.CONSUME(t.KEYWORDS.default);
    const effect = this.SUBRULE(this.effect);
    this.ACTION(() => {
      if (effect !== undefined && effect.effect !== "deny" && effect.effect !== "approval_required")
        this.note(problems.BAD_DEFAULT, { found: `\`${effectWords(effect.effect)}\`` }, effect);
    });
    return {
      kind: "default",
      ...(effect && { effect }),
      ...this.docBefore(word),
      ...this.since(word.startOffset),
    };
  });

  /** The expression in a text's braces. */
  readonly shown = this.RULE("shown", (): ExprNode => {
    const node = this.SUBRULE(this.expression);
    this.ACTION(() => {
      if (!this.atEnd()) this.expected("`}`");
      while (!this.atEnd()) this.SKIP_TOKEN();
    });
    return node;
  });
}
