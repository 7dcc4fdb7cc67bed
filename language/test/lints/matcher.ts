import { type AST, RegExpParser } from "@eslint-community/regexpp";

/**
 * A backtracking matcher as ECMA-262 (section 22.2.2) describes it, slow and obvious, that counts its steps: the judge of
 * what `analysePattern` foretells. Gives null once it has taken `most` steps.
 */
export const stepsToSearch = (source: string, text: string, most: number): number | null => {
  const pattern = new RegExpParser({ ecmaVersion: 2024 }).parsePattern(source, 0, source.length, {
    unicode: true,
  });
  let steps = 0;
  let over = false;
  type Next = (at: number) => boolean;
  const count = (): boolean => {
    steps += 1;
    if (steps > most) over = true;
    return over;
  };
  const sequence = (elements: readonly AST.Element[], index: number, at: number, next: Next): boolean => {
    const element = elements[index];
    if (element === undefined) return next(at);
    return match(element, at, (after) => sequence(elements, index + 1, after, next));
  };
  const anyOf = (list: readonly AST.Alternative[], at: number, next: Next): boolean =>
    list.some((one) => sequence(one.elements, 0, at, next));
  const repeat = (node: AST.Quantifier, done: number, at: number, next: Next): boolean => {
    if (count()) return true;
    const again = (): boolean =>
      done < node.max &&
      match(node.element, at, (after) => {
        if (done >= node.min && after === at) return false;
        return repeat(node, done + 1, after, next);
      });
    if (done < node.min) return again();
    return node.greedy ? again() || next(at) : next(at) || again();
  };
  const match = (node: AST.Element, at: number, next: Next): boolean => {
    if (count()) return true;
    switch (node.type) {
      case "Group":
      case "CapturingGroup":
        return anyOf(node.alternatives, at, next);
      case "Quantifier":
        return repeat(node, 0, at, next);
      case "Assertion":
        if (node.kind === "start") return at === 0 && next(at);
        if (node.kind === "end") return at === text.length && next(at);
        throw new Error(node.kind);
      case "Character":
      case "CharacterSet":
      case "CharacterClass":
        return at < text.length && new RegExp(`^${node.raw}$`, "us").test(text[at]!) && next(at + 1);
      default:
        throw new Error(node.type);
    }
  };
  for (let start = 0; start <= text.length; start += 1) {
    if (count()) return null;
    if (anyOf(pattern.alternatives, start, () => true)) break;
    if (source.startsWith("^") && !source.includes("|")) break;
  }
  return over ? null : steps;
};
