import { command } from "@agentpolicy/runtime/values/command";
import { domain, domainWithin } from "@agentpolicy/runtime/values/domain";
import { email } from "@agentpolicy/runtime/values/email";
import { glob } from "@agentpolicy/runtime/values/glob";
import { ip, ipIn } from "@agentpolicy/runtime/values/ip";
import { path, pathWithin } from "@agentpolicy/runtime/values/path";
import { url, urlWithin } from "@agentpolicy/runtime/values/url";
import { describe, expect, it } from "vitest";
import { adviceFor } from "../../src/lints/raw-text/advice.ts";
import { kindOfField, type TextKind } from "../../src/lints/raw-text/kinds.ts";
import { STRING } from "../../src/types/build.ts";

/** What the test that is advised says of a text; null where the parser refuses it. */
type Judge = (text: string) => boolean | null;

const read =
  <T>(parse: (text: string) => T | null, then: (value: T) => boolean | null): Judge =>
  (text) => {
    const value = parse(text);
    return value === null ? null : then(value);
  };
const below = (base: string): Judge => read(url, (u) => urlWithin(u, base));
const hosted = (name: string): Judge => read(url, (u) => domainWithin(u.host, name));
const inDomain = (name: string): Judge => read(domain, (d) => domainWithin(d, name));
const mailed = (name: string): Judge => read(email, (e) => domainWithin(e.domain, name));
const inFolder = (base: string): Judge => read(path, (p) => pathWithin(p, base));
const runs = (name: string): Judge => read(command, (c) => c.name === name || c.compound);

/** A glob, what it tests, whether passing lets calls run; then the advice and what it says. */
const ROWS: readonly (readonly [string, TextKind | null, boolean, string | null, Judge])[] = [
  ["*@acme.com", null, true, 'email(x).domain == "acme.com"', read(email, (e) => e.domain === "acme.com")],
  [
    "*@acme.com*",
    "email",
    true,
    'email(x).domain == "acme.com"',
    read(email, (e) => e.domain === "acme.com"),
  ],
  ["*@evil.com", null, false, 'email(x).domain == "evil.com"', read(email, (e) => e.domain === "evil.com")],
  ["*acme.com", "email", true, 'domain(email(x).domain).within("acme.com")', mailed("acme.com")],
  ["*@*.evil.com", null, false, 'domain(email(x).domain).within("evil.com")', mailed("evil.com")],
  [
    "https://api.acme.com*",
    "url",
    true,
    'url(x).within("https://api.acme.com")',
    below("https://api.acme.com"),
  ],
  ["https://a.io/v1/*", null, true, 'url(x).within("https://a.io/v1")', below("https://a.io/v1")],
  ["https://evil.com*", "url", false, 'url(x).within("https://evil.com")', below("https://evil.com")],
  ["https://evil.com/x", "url", false, 'url(x).within("https://evil.com/x")', below("https://evil.com/x")],
  [
    "https://*.acme.com/*",
    "url",
    true,
    '(url(x).scheme == "https" and domain(url(x).host).within("acme.com"))',
    hosted("acme.com"),
  ],
  ["*evil.com*", "url", false, 'domain(url(x).host).within("evil.com")', hosted("evil.com")],
  ["http://*", "url", false, 'url(x).scheme == "http"', read(url, (u) => u.scheme === "http")],
  ["*.acme.com", "domain", true, 'domain(x).within("acme.com")', inDomain("acme.com")],
  ["*acme.com", "domain", true, 'domain(x).within("acme.com")', inDomain("acme.com")],
  ["acme.com*", "domain", true, 'domain(x).within("acme.com")', inDomain("acme.com")],
  ["evil.com", "domain", false, 'domain(x).within("evil.com")', inDomain("evil.com")],
  ["*.evil.com", "domain", false, 'domain(x).within("evil.com")', inDomain("evil.com")],
  ["/srv/*", "path", true, 'path(x).within("/srv")', inFolder("/srv")],
  ["/etc/*", null, false, 'path(x).within("/etc")', inFolder("/etc")],
  ["/etc/passwd", "path", false, 'path(x).within("/etc/passwd")', inFolder("/etc/passwd")],
  ["C:\\data\\*", null, true, 'path(x).within("C:\\\\data")', inFolder("C:\\data")],
  ["*.pem", "path", false, 'path(x).extension == "pem"', read(path, (p) => p.extension === "pem")],
  ["*/.env", "path", false, 'path(x).name == ".env"', read(path, (p) => p.name === ".env")],
  ["*..*", "path", false, null, () => true],
  ["10.0.*", "ip", true, 'ip(x).in("10.0.0.0/16")', read(ip, (i) => ipIn(i, "10.0.0.0/16"))],
  ["10.*", "ip", false, 'ip(x).in("10.0.0.0/8")', read(ip, (i) => ipIn(i, "10.0.0.0/8"))],
  [
    "git *",
    "command",
    true,
    '(command(x).program == "git" and not command(x).compound)',
    read(command, (c) => c.program === "git" && !c.compound),
  ],
  ["git status*", "command", true, null, () => false],
  ["*rm -rf*", "command", false, '(command(x).name == "rm" or command(x).compound)', runs("rm")],
  ["rm", "command", false, '(command(x).name == "rm" or command(x).compound)', runs("rm")],
];

describe("advice about raw text", () => {
  it.each(ROWS)("%s (%s, grants: %s)", (pattern, kind, grants, instead, judge) => {
    const advice = adviceFor({ glob: pattern, grants }, kind);
    expect(advice?.write?.("x") ?? null).toBe(instead);
    const texts = grants ? advice!.passing : advice!.missed;
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) {
      // The text is misjudged by the raw test, and judged rightly (or refused) by what is advised.
      expect(glob(pattern)(text)).toBe(grants);
      if (grants) expect(judge(text), text).not.toBe(true);
      else expect(judge(text), text).not.toBe(false);
    }
  });

  it.each([
    ["acme", "email", true],
    ["ceo@acme.com", "email", true],
    ["https://*", "url", true],
    ["https://acme.com/x", "url", true],
    ["/srv/data", "path", true],
    ["*.txt", "path", true],
    ["/issues/*", null, true],
    ["*.com", null, true],
    ["git status", "command", true],
    ["rm*", null, false],
    ["10.*", null, true],
    ["hello*", "url", true],
  ] as const)("leaves %s (%s, grants: %s) alone", (pattern, kind, grants) =>
    expect(adviceFor({ glob: pattern, grants }, kind)).toBeNull(),
  );

  it.each([
    ["filePath", "path"],
    ["output_dir", "path"],
    ["callbackURL", "url"],
    ["recipients", "email"],
    ["hostName", null],
    ["hostname", "domain"],
    ["command", "command"],
    ["description", null],
    ["pathology", null],
  ])("takes an argument called %s for %s", (name, kind) => expect(kindOfField(name, undefined)).toBe(kind));

  it("takes a format before a name, and a name before a description", () => {
    const field = { type: STRING, optional: false };
    expect(kindOfField("path", { ...field, format: "uri" })).toBe("url");
    expect(kindOfField("url", { ...field, doc: "The path" })).toBe("url");
    expect(kindOfField("target", { ...field, doc: "Path of the file to write" })).toBe("path");
  });
});
