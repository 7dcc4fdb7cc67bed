import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { makeStyle } from "../src/output/style.ts";
import { identityOf, whoIs } from "../src/person/person.ts";
import type { World } from "../src/world.ts";
import { folder } from "./run.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

const worldOf = (
  approvers: unknown,
  {
    login = "ann",
    ...env
  }: { readonly login?: string | undefined } & Readonly<Record<string, string | undefined>> = {},
): World => {
  const plain = makeStyle(false);
  const text = typeof approvers === "string" ? approvers : JSON.stringify(approvers);
  return {
    cwd: folder({ "a.json": text }),
    out: async () => undefined,
    err: () => undefined,
    stdin: (async function* () {})(),
    style: { out: plain, err: plain },
    env,
    login: () => login,
    now: () => 0,
    onInterrupt: () => () => undefined,
    terminal: false,
  };
};

const people = {
  approvers: [
    { id: "Ann", roles: ["cfo"], login: "ann" },
    { id: "Bob", tokenSha256: sha256("b").toUpperCase() },
  ],
};

const found = (world: World, file: string | undefined = "a.json") => {
  const identity = identityOf(file, world);
  return "kind" in identity ? identity : identity.authenticate(identity.credentials);
};

describe("who runs the command", () => {
  it("is known by login or token", () => {
    expect(found(worldOf(people))).toEqual({ id: "Ann", roles: ["cfo"] });
    expect(found(worldOf(people, { AGENTPOLICY_TOKEN: "b" }))).toEqual({ id: "Bob", roles: [] });
    expect(found(worldOf(people, { login: "eve" }))).toBe(undefined);
  });

  it("is nobody with a wrong token, whatever the login", () => {
    const world = worldOf(people, { AGENTPOLICY_TOKEN: "x" });
    expect(found(world)).toBe(undefined);
    const identity = identityOf("a.json", world);
    expect("kind" in identity ? "" : whoIs(identity)).toBe("whoever holds that token");
  });

  it("is not found out where a token was meant to be shown", () =>
    expect(identityOf("a.json", worldOf(people, { AGENTPOLICY_TOKEN: "" }))).toMatchObject({
      kind: "mistake",
      message: "AGENTPOLICY_TOKEN is empty",
    }));

  it("is their login, without roles, where there is no file", () => {
    expect(found(worldOf(people), "")).toMatchObject({ kind: "mistake" });
    const alone = identityOf(undefined, worldOf(people));
    expect("kind" in alone ? alone : alone.authenticate(alone.credentials)).toEqual({ id: "ann", roles: [] });
    const nobody = identityOf(undefined, { ...worldOf(people), login: () => undefined });
    expect("kind" in nobody ? nobody : nobody.authenticate(nobody.credentials)).toBe(undefined);
  });

  it("cannot be told by a token alone", () => {
    expect(identityOf(undefined, worldOf(people, { AGENTPOLICY_TOKEN: "b" }))).toMatchObject({
      kind: "mistake",
      message: expect.stringContaining("no file says whose token it is"),
    });
  });

  it("is found by the file that the environment names", () => {
    const world = worldOf(people, { AGENTPOLICY_APPROVERS: "a.json" });
    const identity = identityOf(undefined, world);
    expect("kind" in identity ? identity : identity.authenticate(identity.credentials)).toMatchObject({
      id: "Ann",
    });
  });
});

describe("approvers files", () => {
  const one = (person: object) => ({ approvers: [person] });
  it.each([
    ["{", "is not JSON"],
    [[], "has no list `approvers`"],
    [{ approvers: {} }, "has no list `approvers`"],
    [{ approvers: [], more: 1 }, "has a field `more`"],
    [one([]), "approvers[0] is no record"],
    [one({ login: "ann" }), "approvers[0] has no `id`"],
    [one({ id: " ", login: "ann" }), "approvers[0] has no `id`"],
    [one({ id: "a", login: "ann", role: ["x"] }), "has a field `role`"],
    [one({ id: "a", token: "secret" }), "has a token in the clear"],
    [one({ id: "a", login: "ann", roles: "cfo" }), "`roles` is no list of names"],
    [one({ id: "a", login: "" }), "`login` is no name"],
    [one({ id: "a", tokenSha256: "abc" }), "`tokenSha256` is no SHA-256"],
    [one({ id: "a" }), "nothing tells who `a` is"],
    [
      {
        approvers: [
          { id: "a", login: "x" },
          { id: "a", login: "y" },
        ],
      },
      "approvers[1] has the same id",
    ],
    [
      {
        approvers: [
          { id: "a", login: "x" },
          { id: "b", login: "x" },
        ],
      },
      "approvers[1] has the same login",
    ],
    [
      {
        approvers: [
          { id: "a", tokenSha256: sha256("t") },
          { id: "b", tokenSha256: sha256("t").toUpperCase() },
        ],
      },
      "approvers[1] has the same token",
    ],
  ])("%j", (file, message) =>
    expect(identityOf("a.json", worldOf(file))).toMatchObject({
      kind: "mistake",
      message: expect.stringContaining(message),
    }),
  );
});
