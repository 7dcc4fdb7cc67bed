import { describe, expect, it } from "vitest";
import { suggest } from "../../src/diagnostics/suggest.ts";

describe("suggest", () => {
  it.each<[string, string[], string | undefined]>([
    ["qury", ["query", "limit"], "query"],
    ["qeury", ["query", "queue"], "query"],
    ["ammount", ["amount", "account"], "amount"],
    ["to", ["cc", "from"], undefined],
    ["x", ["y"], undefined],
    ["zzz", ["query"], undefined],
    ["transferMoney", ["transfer_money", "transfer_honey"], "transfer_money"],
    ["spent_today", ["spent-today", "spent-todax"], "spent-today"],
    ["URL", ["url", "uri"], "url"],
    ["bank.trasnfer_mnoey", ["bank.transfer_money"], "bank.transfer_money"],
    ["password", ["passport"], "passport"],
    ["password", ["passenger"], undefined],
    ["cat", ["dog", "cow"], undefined],
    ["same", ["same"], undefined],
    ["", ["a", ""], undefined],
    ["--", ["__"], undefined],
  ])("%s among %j is %s", (found, candidates, expected) => {
    expect(suggest(found, candidates)).toBe(expected);
    expect(suggest(found, [...candidates].reverse())).toBe(expected);
  });

  it("does not depend on the order of equally near candidates", () => {
    expect(suggest("cart", ["card", "care"])).toBe("card");
    expect(suggest("cart", ["care", "card"])).toBe("card");
  });
});
