/** How many layers of percent-encoding are taken off before a text is refused. */
const LAYERS = 8;

/**
 * The text with its percent-encoding taken off until it changes no more. A `%` that starts no escape stays as it is.
 * Null where an escape is not UTF-8 (`%c0%ae`), or where there are more than 8 layers.
 * Source: RFC 3986 section 2.1; RFC 3629 for what is UTF-8.
 */
export function decoded(text: string): string | null {
  for (let layer = 0; layer <= LAYERS; layer++) {
    if (!/%[\da-f]{2}/i.test(text)) return text;
    try {
      text = decodeURIComponent(text.replace(/%(?![\da-f]{2})/gi, "%25"));
    } catch {
      return null;
    }
  }
  return null;
}
