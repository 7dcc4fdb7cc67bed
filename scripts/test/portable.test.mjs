import { expect, it } from "vitest";
import { portable } from "../portable.mjs";

const machine = { folders: ["/srv/me/agentpolicy"], hosts: ["npm.example.test"] };

it.each([
  ["a.md", "See /srv/me/agentpolicy/docs.", "a folder of this machine"],
  ["a.md", "ok\nnpm config set registry https://npm.example.test/", "a.md:2: a registry of this network"],
  ["package-lock.json", '"resolved": "git://mirror.test/a.tgz"', "bound to one registry: git://mirror.test"],
])("%s: %s", (path, text, message) => {
  expect(portable(path, text, machine).join("\n")).toContain(message);
});

it.each([
  ["a.md", "/srv/me/agentpolicy-other and /home/x/y and https://example.test"],
  ["package-lock.json", '"resolved": "stores/sqlite"'],
  ["other.json", '"resolved": "git://mirror.test/a.tgz"'],
])("%s: %s is fine", (path, text) => {
  expect(portable(path, text, machine)).toEqual([]);
});
