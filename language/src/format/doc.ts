/**
 * A text with choices: where lines may break, and what is kept together. Groups are written on one line where they fit
 * (after Wadler's "A prettier printer"); `suffix` waits for the end of its line, as comments do.
 */
export type Doc =
  | string
  | readonly Doc[]
  | { readonly kind: "line"; readonly flat: string }
  | { readonly kind: "newline" }
  | { readonly kind: "break" }
  | { readonly kind: "indent"; readonly doc: Doc }
  | { readonly kind: "suffix"; readonly text: string }
  | { readonly kind: "if-broken"; readonly text: string }
  | { readonly kind: "group"; readonly doc: Doc; broken: boolean };

/** A blank, or a line break where the group is broken. */
export const LINE: Doc = { kind: "line", flat: " " };
/** Nothing, or a line break where the group is broken. */
export const SOFT: Doc = { kind: "line", flat: "" };
/** A line break always; breaks every group around it. */
export const NEWLINE: Doc = { kind: "newline" };
/** Breaks every group around it and prints nothing. */
export const BREAK: Doc = { kind: "break" };

export const indent = (doc: Doc): Doc => ({ kind: "indent", doc });
export const group = (doc: Doc): Doc => ({ kind: "group", doc, broken: false });
export const suffix = (text: string): Doc => ({ kind: "suffix", text });
export const ifBroken = (text: string): Doc => ({ kind: "if-broken", text });

export const join = (separator: Doc, docs: readonly Doc[]): Doc =>
  docs.flatMap((doc, index) => (index === 0 ? [doc] : [separator, doc]));

const isList = (doc: Doc): doc is readonly Doc[] => Array.isArray(doc);

/** Marks every group that holds a forced break; says whether the text itself holds one. */
const spreadBreaks = (doc: Doc): boolean => {
  if (typeof doc === "string") return false;
  if (isList(doc)) return doc.reduce((found: boolean, part) => spreadBreaks(part) || found, false);
  switch (doc.kind) {
    case "newline":
    case "break":
      return true;
    case "indent":
      return spreadBreaks(doc.doc);
    case "group":
      doc.broken = spreadBreaks(doc.doc);
      return doc.broken;
    default:
      return false;
  }
};

interface Task {
  readonly doc: Doc;
  readonly depth: number;
  readonly flat: boolean;
}

/** Whether what comes up to the next line break fits the room that is left. */
const fits = (first: Task, rest: readonly Task[], room: number): boolean => {
  const work: Task[] = [first];
  let left = room;
  let next = rest.length;
  while (left >= 0) {
    const task = work.pop() ?? rest[--next];
    if (task === undefined) return true;
    const { doc, depth, flat } = task;
    if (typeof doc === "string") left -= doc.length;
    else if (isList(doc))
      for (let at = doc.length - 1; at >= 0; at--) work.push({ doc: doc[at] ?? "", depth, flat });
    else if (doc.kind === "newline") return true;
    else if (doc.kind === "line") {
      if (!flat) return true;
      left -= doc.flat.length;
    } else if (doc.kind === "indent") work.push({ doc: doc.doc, depth, flat });
    else if (doc.kind === "group") work.push({ doc: doc.doc, depth, flat: flat && !doc.broken });
  }
  return false;
};

/** Writes the text with lines of at most `width` where that is possible, indented by two blanks a level. */
export const render = (doc: Doc, width: number): string => {
  spreadBreaks(doc);
  const work: Task[] = [{ doc, depth: 0, flat: false }];
  const out: string[] = [];
  let column = 0;
  let waiting: { readonly text: string; readonly depth: number }[] = [];
  /** A comment that reaches to the end of its line leaves the next one a line of its own. */
  const flush = (): void => {
    waiting.forEach(({ text, depth }, index) => {
      const full = waiting[index - 1]?.text.startsWith(" //") === true;
      out.push(full ? `\n${"  ".repeat(depth)}${text.slice(1)}` : text);
    });
    waiting = [];
  };
  const newline = (depth: number): void => {
    flush();
    out.push("\n", "  ".repeat(depth));
    column = depth * 2;
  };
  for (let task = work.pop(); task !== undefined; task = work.pop()) {
    const { doc: part, depth, flat } = task;
    if (typeof part === "string") {
      out.push(part);
      column += part.length;
    } else if (isList(part)) {
      for (let at = part.length - 1; at >= 0; at--) work.push({ doc: part[at] ?? "", depth, flat });
    } else if (part.kind === "newline" || (part.kind === "line" && !flat)) newline(depth);
    else if (part.kind === "line") {
      out.push(part.flat);
      column += part.flat.length;
    } else if (part.kind === "indent") work.push({ doc: part.doc, depth: depth + 1, flat });
    else if (part.kind === "suffix") waiting.push({ text: part.text, depth });
    else if (part.kind === "if-broken") {
      if (!flat) out.push(part.text);
    } else if (part.kind === "group") {
      const inLine: Task = { doc: part.doc, depth, flat: true };
      work.push(!part.broken && fits(inLine, work, width - column) ? inLine : { ...inLine, flat: false });
    }
  }
  flush();
  return out.join("").replace(/[ \t]+$/gm, "");
};
