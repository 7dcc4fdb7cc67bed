import { domain, domainWithin } from "@agentpolicy/runtime/values/domain";
import { email } from "@agentpolicy/runtime/values/email";
import { describe, expect, test } from "vitest";

describe("domain", () => {
  test.each([
    ["acme.com", "acme.com"],
    ["ACME.Com", "acme.com"],
    ["acme.com.", "acme.com"],
    ["localhost", "localhost"],
    ["a-b.acme.com", "a-b.acme.com"],
    ["_dmarc.acme.com", "_dmarc.acme.com"],
    ["3com.com", "3com.com"],
    ["bücher.example", "xn--bcher-kva.example"],
    ["BÜCHER.example", "xn--bcher-kva.example"],
    ["xn--bcher-kva.example", "xn--bcher-kva.example"],
    ["faß.de", "xn--fa-hia.de"],
    ["ａｃｍｅ.com", "acme.com"],
    ["例え.テスト", "xn--r8jz45g.xn--zckzah"],
    [`${"a".repeat(63)}.com`, `${"a".repeat(63)}.com`],
  ])("%j is %j", (text, canonical) => {
    expect(domain(text)).toBe(canonical);
    expect(domain(canonical)).toBe(canonical);
  });

  test.each([
    "",
    ".",
    "acme.com..",
    ".acme.com",
    "a..b",
    " acme.com",
    "acme.com ",
    "acme.com\n",
    "ac\tme.com",
    "acme.com:80",
    "acme.com/x",
    "acme.com?x",
    "acme.com#x",
    "user@acme.com",
    "acme\\.com",
    "acme%2ecom",
    "ac%6de.com",
    "acme.com\0",
    "-acme.com",
    "acme-.com",
    "127.0.0.1",
    "127.1",
    "0x7f.1",
    "2130706433",
    "acme.1",
    "acme.0x1",
    "１２７.0.0.1",
    "[::1]",
    "::1",
    "*.acme.com",
    "acme。com",
    "ac\u00adme.com",
    "ac\u200bme.com",
    "ac\u200dme.com",
    "\u202eacme.com",
    "acme.com\u0000.evil.com",
    "\ud800.com",
    "xn--a",
    `${"a".repeat(64)}.com`,
    `${"a.".repeat(127)}aa`,
  ])("refuses %j", (text) => {
    expect(domain(text)).toBeNull();
  });

  test.each([
    ["acme.com", "acme.com", true],
    ["mail.acme.com", "acme.com", true],
    ["a.b.acme.com", "ACME.com.", true],
    ["evilacme.com", "acme.com", false],
    ["acme.com.evil.com", "acme.com", false],
    ["com", "acme.com", false],
    ["xn--bcher-kva.example", "bücher.example", true],
    ["acme.com", "", null],
    ["acme.com", ".com", null],
    ["acme.com", "*.com", null],
    ["acme.com", "https://acme.com", null],
  ])("%j within %j: %j", (name, base, expected) => {
    expect(domainWithin(name, base)).toBe(expected);
  });
});

describe("email", () => {
  test.each([
    ["ann@acme.com", "ann", "acme.com"],
    ["Ann.Lee+tag@ACME.com", "Ann.Lee+tag", "acme.com"],
    ["a@localhost", "a", "localhost"],
    ["!#$%&'*+-/=?^_`{|}~@acme.com", "!#$%&'*+-/=?^_`{|}~", "acme.com"],
    ["user%evil.com@acme.com", "user%evil.com", "acme.com"],
    ["jörg@bücher.example", "jörg", "xn--bcher-kva.example"],
    ["用户@例え.テスト", "用户", "xn--r8jz45g.xn--zckzah"],
    [`${"a".repeat(64)}@acme.com`, "a".repeat(64), "acme.com"],
  ])("%j", (text, local, host) => {
    expect(email(text)).toEqual({ local, domain: host });
  });

  test.each([
    "",
    "ann",
    "@acme.com",
    "ann@",
    "ann@@acme.com",
    "ann@evil.com@acme.com",
    "Ann <ann@acme.com>",
    "<ann@acme.com>",
    "ann@acme.com,bob@evil.com",
    "ann@acme.com;bob@evil.com",
    "ann@acme.com, bob@evil.com",
    "ann@acme.com bob@evil.com",
    " ann@acme.com",
    "ann@acme.com ",
    "ann@acme.com\r\nBcc: bob@evil.com",
    "ann\n@acme.com",
    "ann@acme.com\0",
    '"ann"@acme.com',
    '"bob@evil.com"@acme.com',
    "ann(comment)@acme.com",
    "ann@acme.com(comment)",
    "ann@(comment)acme.com",
    "mailto:ann@acme.com",
    "@relay.com:ann@acme.com",
    ".ann@acme.com",
    "ann.@acme.com",
    "a..b@acme.com",
    "ann@acme.com.",
    "ann@.acme.com",
    "ann@acme..com",
    "ann@127.0.0.1",
    "ann@[127.0.0.1]",
    "ann@[IPv6:::1]",
    "ann@acme.com/x",
    "ann@acme.com#evil.com",
    "ann@acme%2ecom",
    "ann@acme。com",
    "ann＠acme.com",
    "a\u200bnn@acme.com",
    "\u202eann@acme.com",
    "ann@ac\u00adme.com",
    "\ud800@acme.com",
    "ann\\@evil.com@acme.com",
    `${"a".repeat(65)}@acme.com`,
  ])("refuses %j", (text) => {
    expect(email(text)).toBeNull();
  });
});
