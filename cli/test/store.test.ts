import { readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { storePlace } from "../src/store/place.ts";
import { storeReason } from "../src/store/reason.ts";
import { folder, run } from "./run.ts";

describe("the URL of a store", () => {
  it("is a file or a database", () => {
    const cwd = folder({ "a.db": "", "x.db?y": "" });
    expect(storePlace("sqlite:./a.db", cwd)).toEqual({
      kind: "sqlite",
      path: join(cwd, "a.db"),
      shown: "sqlite:./a.db",
    });
    expect(storePlace(`sqlite:${cwd}/a.db`, "/")).toMatchObject({ path: join(cwd, "a.db") });
    expect(storePlace("sqlite:x.db?y", cwd)).toMatchObject({ path: join(cwd, "x.db?y") });
    expect(storePlace("postgres://ann:s3cret@db:5432/agents?sslmode=require", cwd)).toEqual({
      kind: "postgres",
      url: "postgres://ann:s3cret@db:5432/agents?sslmode=require",
      schema: "agentpolicy",
      shown: "postgres://db:5432/agents",
    });
    expect(storePlace("postgresql://db/agents?schema=ours", cwd)).toMatchObject({
      url: "postgresql://db/agents",
      schema: "ours",
      shown: "postgres://db/agents?schema=ours",
    });
  });

  it.each([
    ["", "a store is given by a URL"],
    ["a.db", "a store is given by a URL"],
    ["mysql://root:s3cret@db/x", "there are no stores of the kind `mysql:`"],
    ["sqlite:", "which file?"],
    ["sqlite:none.db", "no such store: there is no file `none.db`"],
    ["sqlite:.", "no such store: `.` is a folder"],
    ["sqlite::memory:", "a database in memory is gone"],
    ["sqlite:///a.db", "`sqlite:` is followed by a path, without `//`"],
    ["postgres:db", "cannot be read"],
    ["postgres://ann:s3cret/#@db/x", "cannot be read"],
    ["postgres://db/x?schema=a;b", "is no name"],
  ])("%s", (url, message) => {
    const place = storePlace(url, folder({ "a.db": "" }));
    expect(place).toMatchObject({ kind: "mistake", message: expect.stringContaining(message) });
    expect(JSON.stringify(place)).not.toContain("s3cret");
  });

  it("is guessed where a file is named", () => {
    expect(storePlace("a.db", folder({ "a.db": "" }))).toMatchObject({
      hint: "for this file write sqlite:a.db",
    });
  });
});

describe("why a store does not answer", () => {
  it.each([
    [5000, "no answer within 5 s"],
    [Object.assign(new Error("x"), { code: "28P01" }), "the user name or the password is wrong"],
    [Object.assign(new Error("x"), { code: "SQLITE_BUSY_SNAPSHOT" }), "other processes hold the file"],
    [new AggregateError([Object.assign(new Error("x"), { code: "ECONNREFUSED" })]), "nothing answers there"],
    [new Error("sqlite store: cannot use `a`: odd", { cause: new Error("odd\nmore") }), "odd"],
    [new Error("no s3cret here"), "no ••• here"],
    ["odd", "odd"],
  ])("%s", (error, words) => expect(storeReason(error, "s3cret")).toBe(words));
});

describe("a command without a store", () => {
  const list = (args: readonly string[], cwd: string, env = {}) =>
    run(["checkpoints", "list", ...args], { cwd, env });

  it("says which is missing, and makes none", async () => {
    const cwd = folder();
    expect((await list([], cwd)).err).toContain("which store? give --store, or set AGENTPOLICY_STORE");
    const ran = await list(["--store", "sqlite:new.db"], cwd);
    expect(ran).toMatchObject({ code: 2, out: "" });
    expect(ran.err).toContain("no such store: there is no file `new.db`");
    expect((await list([], cwd, { AGENTPOLICY_STORE: "sqlite:new.db" })).err).toContain("no such store");
    expect(readdirSync(cwd)).toEqual([]);
  });

  it("touches no file that is none", async () => {
    const cwd = folder({ "text.db": "this is no database at all", "empty.db": "" });
    const Database = createRequire(import.meta.url)("libsql");
    const other = new Database(join(cwd, "other.db"));
    other.exec("CREATE TABLE mine (x)");
    other.close();
    for (const name of ["text.db", "empty.db"])
      expect((await list(["--store", `sqlite:${name}`], cwd)).err).toContain("is no SQLite database");
    const ran = await list(["--store", "sqlite:other.db"], cwd);
    expect(ran).toMatchObject({ code: 2, out: "" });
    expect(ran.err).toContain("the store `sqlite:other.db` cannot be used: it holds no store");
    const again = new Database(join(cwd, "other.db"));
    expect(again.prepare("SELECT name FROM sqlite_schema").all()).toEqual([{ name: "mine" }]);
    again.close();
  });

  it("says what is wrong with a damaged one", async () => {
    const cwd = folder();
    const path = join(cwd, "a.db");
    writeFileSync(path, Buffer.concat([Buffer.from("SQLite format 3\0"), Buffer.alloc(5000, 7)]));
    const ran = await list(["--store", "sqlite:a.db"], cwd);
    expect(ran).toMatchObject({ code: 2, out: "" });
    expect(ran.err).toMatch(
      /the store `sqlite:a\.db` cannot be used: (?:it is no SQLite database|the file is damaged)/,
    );
    expect(ran.err).not.toContain("    at ");
  });
});
