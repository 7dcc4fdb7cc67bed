import { createHash, timingSafeEqual } from "node:crypto";
import { resolve } from "node:path";
import type { Approver } from "@agentpolicy/runtime";
import { parseJson, readText } from "../io/read.ts";
import { isMistake, type Mistake, mistake } from "../result.ts";
import type { World } from "../world.ts";
import { type KnownPerson, readApprovers } from "./approvers.ts";

/** What whoever runs the command shows of themselves. */
export interface Credentials {
  readonly login: string | undefined;
  /** Undefined where none is given. */
  readonly token: string | undefined;
}

/** Who runs the command, and how the people of an installation are told apart. */
export interface Identity {
  readonly credentials: Credentials;
  readonly authenticate: (credentials: Credentials) => Approver | undefined;
}

/**
 * How people are known: those of the approvers file by their token or, where they show none, by their login; without a file
 * everybody by their login and without roles. A wrong token is nobody's, whatever the login.
 *
 * @param given the path of the approvers file, from `--approvers`; else AGENTPOLICY_APPROVERS names it
 */
export const identityOf = (given: string | undefined, world: World): Identity | Mistake => {
  const file = given ?? (world.env.AGENTPOLICY_APPROVERS || undefined);
  const token = world.env.AGENTPOLICY_TOKEN;
  // Whoever meant to show a token is not taken for whoever runs the command.
  if (token === "") return mistake("AGENTPOLICY_TOKEN is empty", "give the token, or unset the variable");
  const credentials = { login: world.login(), token };
  if (file === undefined) {
    return token === undefined
      ? {
          credentials,
          authenticate: ({ login }) => (login === undefined ? undefined : { id: login, roles: [] }),
        }
      : mistake(
          "AGENTPOLICY_TOKEN is given, but no file says whose token it is",
          "give --approvers, or set AGENTPOLICY_APPROVERS",
        );
  }
  const text = readText(resolve(world.cwd, file), file);
  if (isMistake(text)) return text;
  const json = parseJson(text, file);
  if (isMistake(json)) return json;
  const people = readApprovers(json.value, file);
  if (isMistake(people)) return people;
  return { credentials, authenticate: (shown) => found(people, shown) };
};

const found = (people: readonly KnownPerson[], { login, token }: Credentials): Approver | undefined => {
  const person =
    token === undefined
      ? people.find((one) => one.login !== undefined && one.login === login)
      : holderOf(people, createHash("sha256").update(token, "utf8").digest());
  return person === undefined ? undefined : { id: person.id, roles: person.roles };
};

/** Takes as long whoever it is, and whether it is anybody. */
const holderOf = (people: readonly KnownPerson[], digest: Buffer): KnownPerson | undefined => {
  let holder: KnownPerson | undefined;
  for (const person of people) {
    if (person.tokenSha256 === undefined) continue;
    if (timingSafeEqual(Buffer.from(person.tokenSha256, "hex"), digest)) holder = person;
  }
  return holder;
};

/** Who runs the command, in words. */
export const whoIs = ({ credentials, authenticate }: Identity): string => {
  const person = authenticate(credentials);
  if (person !== undefined) return person.id;
  return credentials.token === undefined ? (credentials.login ?? "nobody known") : "whoever holds that token";
};
