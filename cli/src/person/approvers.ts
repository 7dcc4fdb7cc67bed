import { isMistake, type Mistake, mistake } from "../result.ts";

/** Somebody who may speak on checkpoints, and how they are known: by the operating system, by a token, or both. */
export interface KnownPerson {
  readonly id: string;
  readonly roles: readonly string[];
  readonly login?: string;
  /** SHA-256 (hex, lower-case) of the token as UTF-8. */
  readonly tokenSha256?: string;
}

const FIELDS = ["id", "roles", "login", "tokenSha256"];
const SHAPE = '{ "approvers": [{ "id": "ann", "roles": ["finance-lead"], "login": "ann" }] }';

type Fields = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isName = (value: unknown): value is string => typeof value === "string" && value.trim() !== "";

/**
 * The people of an approvers file, or what is wrong with it first. No two may share an id, a login or a token, for then one
 * could speak for the other.
 *
 * @param value the file's JSON
 * @param shown the file's path, for messages
 */
export const readApprovers = (value: unknown, shown: string): readonly KnownPerson[] | Mistake => {
  const list = isRecord(value) ? value.approvers : undefined;
  if (!isRecord(value) || !Array.isArray(list))
    return mistake(`\`${shown}\` has no list \`approvers\``, SHAPE);
  const strange = Object.keys(value).find((name) => name !== "approvers");
  if (strange !== undefined)
    return mistake(`\`${shown}\` has a field \`${strange}\`; there is only \`approvers\``);
  const people: KnownPerson[] = [];
  for (const [index, entry] of list.entries()) {
    const at = `\`${shown}\`: approvers[${index}]`;
    const person = readPerson(entry, at);
    if (isMistake(person)) return person;
    const shared = (["id", "login", "tokenSha256"] as const).find(
      (field) => person[field] !== undefined && people.some((other) => other[field] === person[field]),
    );
    if (shared !== undefined) return mistake(`${at} has the same ${WORDS[shared]} as somebody before`);
    people.push(person);
  }
  return people;
};

const WORDS = { id: "id", login: "login", tokenSha256: "token" } as const;

const readPerson = (entry: unknown, at: string): KnownPerson | Mistake => {
  if (!isRecord(entry)) return mistake(`${at} is no record`, SHAPE);
  const { id, roles = [], login, tokenSha256 } = entry;
  const strange = Object.keys(entry).find((name) => !FIELDS.includes(name));
  if (strange === "token")
    return mistake(`${at} has a token in the clear`, "write its SHA-256 as `tokenSha256`, and a new token");
  if (strange !== undefined)
    return mistake(`${at} has a field \`${strange}\``, `the fields are ${FIELDS.join(", ")}`);
  if (!isName(id)) return mistake(`${at} has no \`id\``, SHAPE);
  if (!Array.isArray(roles) || !roles.every(isName)) return mistake(`${at}: \`roles\` is no list of names`);
  if (login !== undefined && !isName(login)) return mistake(`${at}: \`login\` is no name`);
  if (tokenSha256 !== undefined && !(typeof tokenSha256 === "string" && /^[0-9a-f]{64}$/i.test(tokenSha256)))
    return mistake(`${at}: \`tokenSha256\` is no SHA-256, which has 64 hexadecimal digits`);
  if (login === undefined && tokenSha256 === undefined)
    return mistake(`${at}: nothing tells who \`${id}\` is`, "give `login` or `tokenSha256`");
  return {
    id,
    roles,
    ...(login === undefined ? {} : { login }),
    ...(tokenSha256 === undefined ? {} : { tokenSha256: tokenSha256.toLowerCase() }),
  };
};
