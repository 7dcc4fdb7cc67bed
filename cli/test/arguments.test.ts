import { describe, expect, it } from "vitest";
import { readConditions } from "../src/arguments/conditions.ts";
import { readHeads } from "../src/arguments/heads.ts";
import { readCount, readIndex, readSince, readUntil } from "../src/arguments/times.ts";
import { readValues } from "../src/arguments/values.ts";

describe("values", () => {
  it.each([
    [["input.amount=200"], { "input.amount": 200 }],
    [["context.ticket=OPS-7", "context.urgent=true"], { "context.ticket": "OPS-7", "context.urgent": true }],
    [["context.code==007"], { "context.code": "007" }],
    [["context.code=007"], { "context.code": "007" }],
    [["context.code==12"], { "context.code": "12" }],
    [["context.url=https://a.example/?b=c"], { "context.url": "https://a.example/?b=c" }],
    [['context.list=["a", 1]'], { "context.list": ["a", 1] }],
    [['input["odd = key"].x=null'], { 'input["odd = key"].x': null }],
    [["context.text="], { "context.text": "" }],
    [["context.text=a\nb"], { "context.text": "a\nb" }],
    [["kind=mistake"], { kind: "mistake" }],
    [["input.größe=1e3"], { "input.größe": 1000 }],
  ])("%j", (words, values) => expect(readValues(words)).toEqual({ values }));

  it.each([
    [["amount"], "gives no value"],
    [["=1"], "gives no value"],
    [["a b=1"], "gives no value"],
    [["a.b=1", "a.b=2"], "is given twice"],
    [["a.b=12345678901234567890"], "cannot be kept exactly"],
    [["a.b=[1e999]"], "cannot be kept exactly"],
  ])("%j is none", (words, message) =>
    expect(readValues(words)).toMatchObject({ kind: "mistake", message: expect.stringContaining(message) }),
  );

  it("make own fields of whatever name", () => {
    const read = readValues(["__proto__=1"]);
    expect("values" in read && Object.hasOwn(read.values, "__proto__")).toBe(true);
  });
});

describe("conditions", () => {
  it.each([
    [["input.amount<=500"], { "input.amount": { lte: 500 } }],
    [["input.amount >= 10", "input.amount < 20"], { "input.amount": { gte: 10, lt: 20 } }],
    [["input.to=acct-9", "context.n==7"], { "input.to": "acct-9", "context.n": "7" }],
    [['context.env=["dev",null]'], { "context.env": { in: ["dev", null] } }],
    [["input.ok=true"], { "input.ok": true }],
    [[], {}],
  ])("%j", (words, when) => expect(readConditions(words)).toEqual({ when }));

  it.each([
    [["input.amount<many"], "no number"],
    [['input.x={"a":1}'], "no text, number"],
    [["input.x=[[1]]"], "no text, number"],
    [["input.a<1", "input.a<2"], "do not go together"],
    [["input.a=1", "input.a<2"], "do not go together"],
    [["input.a"], "is no condition"],
  ])("%j is none", (words, message) =>
    expect(readConditions(words)).toMatchObject({
      kind: "mistake",
      message: expect.stringContaining(message),
    }),
  );
});

describe("times", () => {
  const now = Date.parse("2026-05-01T12:00:00Z");
  it("are so long ago, so long from now, or a moment", () => {
    expect(readSince("90m")(now)).toBe(now - 5_400_000);
    expect(readUntil("30d")(now)).toBe(now + 30 * 86_400_000);
    expect(readSince("2026-05-01T09:30Z")(now)).toBe(Date.parse("2026-05-01T09:30:00Z"));
    expect(readSince("2026-05-01")(now)).toBe(new Date(2026, 4, 1).getTime());
    expect(readUntil("2026-05-01 09:30:10+02:00")(now)).toBe(Date.parse("2026-05-01T07:30:10Z"));
  });
  it.each(["", "5", "1.5h", "-1h", "soon", "2026-13-01", "2026-05-01T25:00"])("%j is none", (text) =>
    expect(() => readSince(text)).toThrow("It must be"),
  );
  it("counts are whole", () => {
    expect(readCount("3")).toBe(3);
    expect(readIndex("0")).toBe(0);
    for (const text of ["0", "-1", "1.5", "", "1e3", "x"])
      expect(() => readCount(text)).toThrow("whole number");
  });
});

describe("heads", () => {
  const hash = "0af".repeat(21).concat("b");
  it("are a number and a hash", () => {
    expect(readHeads([`12:${hash.toUpperCase()}`])).toEqual({ heads: [{ seq: 12, hash }] });
    for (const text of ["", "12", `x:${hash}`, `12:${hash}0`, `12:${hash.slice(1)}`])
      expect(readHeads([text])).toMatchObject({ kind: "mistake" });
  });
});
