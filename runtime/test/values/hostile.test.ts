import { command } from "@agentpolicy/runtime/values/command";
import { datetime } from "@agentpolicy/runtime/values/datetime";
import { domain, domainWithin } from "@agentpolicy/runtime/values/domain";
import { email } from "@agentpolicy/runtime/values/email";
import { glob } from "@agentpolicy/runtime/values/glob";
import { isZone } from "@agentpolicy/runtime/values/instant";
import { ip, ipIn } from "@agentpolicy/runtime/values/ip";
import { path, pathWithin } from "@agentpolicy/runtime/values/path";
import { codePoints, shown } from "@agentpolicy/runtime/values/text";
import { url, urlWithin } from "@agentpolicy/runtime/values/url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

/** Everything that reads a text, on one text. */
const PARSERS: { readonly [name: string]: (text: string) => unknown } = {
  email,
  url,
  domain,
  path,
  ip,
  datetime,
  command,
  isZone,
  codePoints,
  shown: (text) => shown(text),
  // A glob costs the product of both lengths: here one of them is short.
  glob: (text) => [glob(text.slice(0, 20))(text), glob(text)(text.slice(0, 20))],
  urlWithin: (text) => urlWithin(url("https://acme.com/a") ?? never(), text),
  domainWithin: (text) => domainWithin("acme.com", text),
  pathWithin: (text) => pathWithin(path("/srv/data") ?? never(), text),
  ipIn: (text) => ipIn(ip("10.0.0.1") ?? never(), text),
};

function never(): never {
  throw new Error("the base must parse");
}

/** Texts made of the pieces that these parsers look for, lone surrogates among them. */
const PIECES =
  "a B 0 9 . .. / // \\ : :: @ % %2e %25 %2f %00 %c0%ae ? # & | ; < > ( ) { } $ ` ' \" ~ ! * [ ] = , - _ + \n \r \t \0 \u200b ü 例 😀 \ud800 \udc00 http:// https://acme.com c: 10. 255 ffff T Z :00 -01 xn-- sh env".split(
    " ",
  );
const pieces = fc.array(fc.constantFrom(...PIECES, " "), { maxLength: 20 }).map((list) => list.join(""));
const anyText = fc.oneof(pieces, fc.string({ unit: "binary" }), fc.string());

/** Megabytes of what each parser could stumble over. */
const LONG = 400_000;
const HUGE: readonly string[] = [
  "a".repeat(25 * LONG),
  "a@".repeat(LONG),
  `a@${"a.".repeat(LONG)}com`,
  `https://${"a".repeat(4 * LONG)}`,
  `https://acme.com/${"../".repeat(LONG)}`,
  `https://acme.com/${"%2e%2e/".repeat(LONG / 2)}`,
  `https://acme.com/a${"%25".repeat(LONG)}2e`,
  "/..".repeat(LONG),
  "a/".repeat(LONG),
  "/a/..".repeat(LONG),
  `%${"25".repeat(LONG)}2e`,
  "%2e".repeat(LONG),
  "%".repeat(4 * LONG),
  "/".repeat(4 * LONG),
  "1.".repeat(LONG),
  "1:".repeat(LONG),
  `2026-01-31T09:00:00.${"9".repeat(4 * LONG)}Z`,
  `2026-01-31T09:00:00.${"9".repeat(4 * LONG)}`,
  `"${"\\a".repeat(2 * LONG)}"`,
  `"${"\\".repeat(4 * LONG)}`,
  `'${"a".repeat(4 * LONG)}`,
  "'a'".repeat(LONG),
  "a ".repeat(LONG),
  "$".repeat(LONG),
  "{".repeat(2 * LONG),
  "...".repeat(LONG),
  "=".repeat(LONG),
  "a[".repeat(LONG),
  "-".repeat(2 * LONG),
  " ".repeat(4 * LONG),
  "\u00a0".repeat(LONG),
  "\ud800".repeat(LONG),
  "😀".repeat(LONG),
  "\n".repeat(LONG),
];

describe.each(Object.entries(PARSERS))("%s", (_, parse) => {
  test("never throws and never changes its answer", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(parse(text)).toEqual(parse(text));
      }),
      { numRuns: 300 },
    );
  });

  test("takes megabytes in its stride", () => {
    for (const text of HUGE) expect(() => parse(text)).not.toThrow();
  });
});

describe("canonical forms are final", () => {
  const idempotent = (canonical: (text: string) => string | undefined) =>
    fc.assert(
      fc.property(anyText, (text) => {
        const once = canonical(text);
        if (once !== undefined) expect(canonical(once)).toBe(once);
      }),
      { numRuns: 300 },
    );

  test("domain", () => idempotent((text) => domain(text) ?? undefined));
  test("email", () =>
    idempotent((text) => {
      const found = email(text);
      return found ? `${found.local}@${found.domain}` : undefined;
    }));
  test("path", () =>
    idempotent((text) => {
      const found = path(text);
      return found ? found.root + found.segments.join("/") || "." : undefined;
    }));
  test("url", () =>
    idempotent((text) => {
      const found = url(text.startsWith("https://acme.com") ? text : `https://acme.com/${text}`);
      return found ? `${found.scheme}://${found.host}${found.path}` : undefined;
    }));
});

describe("nothing climbs", () => {
  test("a path built below a base and resolved is within it only if it did not leave", () => {
    const step = fc.constantFrom(
      "a",
      "..",
      ".",
      "",
      "%2e%2e",
      "%2e",
      "..%2f..",
      "%252e%252e",
      "..\\..",
      "b%2fc",
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
        const text = `/srv/data/${steps.join("/")}`;
        const plain = decodeURIComponent(decodeURIComponent(text)).replaceAll("\\", "/");
        const resolved = new URL(`file://${plain.replace(/\/+/g, "/")}`).pathname;
        expect(pathWithin(path(text) ?? never(), "/srv/data")).toBe(/^\/srv\/data(\/|$)/.test(resolved));
      }),
      { numRuns: 300 },
    );
  });

  test("a glob of many stars on a long text", () => {
    expect(glob("*a*a*a*a*a*a*a*a*b")("a".repeat(LONG))).toBe(false);
    expect(glob("a".repeat(LONG))("a".repeat(LONG))).toBe(true);
    expect(glob(`*${"a".repeat(500)}b`)("a".repeat(20_000))).toBe(false);
  });
});
