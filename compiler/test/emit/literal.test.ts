import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { comment, key, literal, member, quote } from "../../src/emit/literal.ts";

const run = async (expression: string): Promise<unknown> => {
  const code = `export default ${expression};`;
  const url = `data:text/javascript;base64,${Buffer.from(code).toString("base64")}`;
  return ((await import(/* @vite-ignore */ url)) as { readonly default: unknown }).default;
};

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);

describe("literals", () => {
  it("mean exactly their text, whatever is in it", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const code = quote(text);
        expect(JSON.parse(code)).toBe(text);
        expect(code).not.toMatch(/[\u2028\u2029\ue000\ue001\n\r]|<\/script|<!--/i);
      }),
      { numRuns: 300 },
    );
  });

  it("keep lone surrogates, line separators and the ends of scripts", async () => {
    const text = "\ud800 \udfff \u2028 \u2029 </script> </SCRIPT <!-- $ {x} ` \\ \" ' \ue0001\ue001";
    expect(quote(text)).toContain("\\ud800");
    expect(await run(quote(text))).toBe(text);
  });

  it("give records with whatever keys they have", async () => {
    const value = JSON.parse(
      '{"__proto__":{"x":1},"constructor":[1,null],"a b":-0.5,"1":true,"toString":"y"}',
    );
    const back = (await run(literal(value))) as object;
    expect(back).toEqual(value);
    expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
    expect(Object.hasOwn(back, "__proto__")).toBe(true);
  });

  it("keep numbers to the last bit", async () => {
    for (const value of [-0, 0.1, 5e-324, 1.7976931348623157e308, 2 ** 53, -1]) {
      expect(Object.is(await run(literal(value)), value)).toBe(true);
    }
  });

  it("name properties that are no names", () => {
    expect(key("__proto__")).toBe('["__proto__"]');
    expect(key("a-b")).toBe('"a-b"');
    expect(member("x", "a-b")).toBe('x["a-b"]');
    expect(member("x", "__proto__")).toBe("x.__proto__");
  });

  it("let no comment end early", () => {
    expect(comment("a\nb\u2028c\rd")).toBe("a b c d");
  });
});
