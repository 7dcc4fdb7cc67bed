/**
 * A condition in words. `scoped`: it reads on to its end ("for one of the files its path …"), so that nothing can follow
 * it.
 */
export type Said =
  | { readonly kind: "plain"; readonly text: string; readonly subject?: string }
  | { readonly kind: "scoped"; readonly text: string }
  | { readonly kind: "and" | "or"; readonly parts: readonly Said[] };

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
  const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
  const [only] = flat;
  return flat.length === 1 && only ? only : { kind, parts: flat };
}

/** In one line. `whole`: nothing follows it or stands before it. */
export function inline(said: Said, whole = false): string {
  if (said.kind === "plain") return said.text;
  const text = said.kind === "scoped" ? said.text : together(said.parts, said.kind);
  return whole ? text : `(${text})`;
}

/** What need not be said again after a subject that is not said again. */
const REPEATED = /^(?:(?:is|are) (?=over |under |at |given)|holds (?=for ))/;

/** A subject that several parts share is said once: "the amount is over 500 and at most 1,000". */
function together(parts: readonly Said[], word: "and" | "or"): string {
  let subject: string | undefined;
  const texts = parts.map((part) => {
    const before = subject;
    subject = part.kind === "plain" ? part.subject : undefined;
    if (part.kind !== "plain" || subject === undefined || subject !== before) return inline(part);
    return part.text.slice(subject.length + 1).replace(REPEATED, "");
  });
  return texts.join(` ${word} `);
}
