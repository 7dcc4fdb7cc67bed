/**
 * A condition in words. `scoped`: it reads on to its end ("for one of the files its path …"), so that nothing can follow
 * it.
 */
export type Said =
  | {
      readonly kind: "plain";
      readonly text: string;
      readonly subject?: string;
      /** The subject is some element: another one may be meant where it is said again. */
      readonly isElement?: boolean;
    }
  | { readonly kind: "always" | "never" }
  | { readonly kind: "scoped"; readonly text: string }
  | { readonly kind: "and" | "or"; readonly parts: readonly Said[] };

export const ALWAYS: Said = { kind: "always" };
export const NEVER: Said = { kind: "never" };

export const plain = (text: string): Said => ({ kind: "plain", text });

/** "the amount", "is over 500". */
export const about = (subject: string, predicate: string): Said => ({
  kind: "plain",
  text: `${subject} ${predicate}`,
  subject,
});

export const scoped = (text: string): Said => ({ kind: "scoped", text });

/** Several conditions as one; those of the same kind are taken apart. */
export function joined(kind: "and" | "or", parts: readonly Said[]): Said {
  const [neutral, decisive] = kind === "and" ? [ALWAYS, NEVER] : [NEVER, ALWAYS];
  const flat = parts
    .flatMap((part) => (part.kind === kind ? part.parts : [part]))
    .filter((part) => part.kind !== neutral.kind);
  if (flat.some((part) => part.kind === decisive.kind)) return decisive;
  const [only] = flat;
  return flat.length > 1 ? { kind, parts: flat } : (only ?? neutral);
}

/** In one line. `whole`: nothing follows it or stands before it. */
export function inline(said: Said, whole = false): string {
  switch (said.kind) {
    case "plain":
      return said.text;
    case "always":
      return "anything";
    case "never":
      return "nothing";
    default: {
      const text = said.kind === "scoped" ? said.text : together(said.parts, said.kind);
      return whole ? text : `(${text})`;
    }
  }
}

/** What need not be said again after a subject that is not said again. */
const REPEATED = /^(?:(?:is|are) (?=over |under |at |given)|holds (?=for ))/;

/** A subject that several parts share is said once: "the amount is over 500 and at most 1,000". */
function together(parts: readonly Said[], word: "and" | "or"): string {
  let subject: string | undefined;
  const texts = parts.map((part) => {
    const before = subject;
    subject = undefined;
    if (part.kind !== "plain") return inline(part);
    if (isMixed(part.text, word)) return `(${part.text})`;
    if (part.isElement !== true) subject = part.subject;
    if (subject === undefined || subject !== before) return part.text;
    return part.text.slice(subject.length + 1).replace(REPEATED, "");
  });
  return texts.join(` ${word} `);
}

/** Whether a text has the other word in it, so that it could be taken apart there. */
function isMixed(text: string, word: "and" | "or"): boolean {
  const words = text.replace(/(`+).*?\1/g, "…");
  return words.includes(word === "and" ? " or " : " and ") && !/\b(?:one|none|all) of …, /.test(words);
}
