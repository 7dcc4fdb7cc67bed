import { roleOf, type Span, tokensOf } from "@agentpolicy/language";
import type { Put } from "./token.ts";

const OPERATORS: ReadonlySet<string> = new Set(
  "== != < <= > >= + - * / ?? => = | && || ! === !==".split(" "),
);

/** What the words and signs of a stretch of text are by themselves; what names stand for has been put before. */
export function putLexical(text: string, { start, end }: Span, names: ReadonlySet<number>, put: Put): void {
  for (const token of tokensOf(text, start, end)) {
    if (names.has(token.start)) continue;
    switch (token.kind) {
      case "word":
        if (roleOf(token.text) !== undefined) put(token, "keyword");
        break;
      case "string":
        put(token, "string");
        break;
      case "number":
      case "duration":
        put(token, "number");
        break;
      case "hint":
        put(token, "decorator");
        break;
      case "sign":
        if (OPERATORS.has(token.text)) put(token, "operator");
    }
  }
}
