import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

it("the program that started the project runs as it stands", () => {
  const file = fileURLToPath(new URL("../first-program/first-program.mjs", import.meta.url));
  const output = execFileSync(process.execPath, [file], { encoding: "utf8" });
  expect(output).toMatch(/^false\nchk_[\w-]{20,}\n$/);
});
