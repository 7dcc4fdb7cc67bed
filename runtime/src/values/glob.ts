/**
 * A test for whole texts: `*` is any run of characters, newlines included, `?` one code point, everything else itself,
 * and case counts. Time grows at worst with the product of both lengths; there is no regular expression behind it.
 */
export function glob(pattern: string): (text: string) => boolean {
  return (text) => matches(pattern, text);
}

const STAR = 42;
const QUESTION = 63;

function matches(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  // After the last star seen, and where its run ends for now. An earlier star never needs to give more.
  let star = -1;
  let run = 0;
  while (t < text.length) {
    const want = pattern.codePointAt(p);
    const here = text.codePointAt(t) as number;
    if (want === STAR) {
      star = ++p;
      run = t;
    } else if (want !== undefined && (want === QUESTION || want === here)) {
      p += width(want);
      t += width(here);
    } else if (star >= 0) {
      run += width(text.codePointAt(run) as number);
      p = star;
      t = run;
    } else return false;
  }
  while (pattern.charCodeAt(p) === STAR) p++;
  return p === pattern.length;
}

function width(codePoint: number): 1 | 2 {
  return codePoint > 0xffff ? 2 : 1;
}
