const CODES: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing answers there",
  ENOTFOUND: "there is no such host",
  EAI_AGAIN: "the name of the host could not be looked up",
  ECONNRESET: "the connection broke",
  EPIPE: "the connection broke",
  ETIMEDOUT: "it does not answer",
  EHOSTUNREACH: "the host cannot be reached",
  ENETUNREACH: "the host cannot be reached",
  ENOENT: "there is no such socket",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate is self-signed",
  // SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html
  "28P01": "the user name or the password is wrong",
  "28000": "the database does not let this user in",
  "3D000": "there is no such database",
  "42501": "this user lacks a right there",
  "53300": "it has too many connections",
  "57P01": "it is being shut down",
  "57P03": "it is starting up",
  SQLITE_NOTADB: "it is no SQLite database",
  SQLITE_CORRUPT: "the file is damaged",
  SQLITE_CANTOPEN: "the file cannot be opened",
  SQLITE_READONLY: "the file is read-only",
  SQLITE_FULL: "the disk is full",
  SQLITE_IOERR: "the disk does not answer",
  SQLITE_BUSY: "other processes hold the file",
  SQLITE_LOCKED: "other processes hold the file",
  SQLITE_PERM: "permission denied",
};

/** What has no code. */
const MESSAGES: readonly (readonly [RegExp, string])[] = [
  [/timeout/i, "it does not answer"],
  [/connection terminated/i, "it does not answer as a database does"],
  [/password must be a (?:non-empty )?string/, "it asks for a password"],
  [/does not support SSL/, "it does not speak TLS"],
];

const fieldOf = (error: unknown, name: string): unknown =>
  typeof error === "object" && error !== null ? Reflect.get(error, name) : undefined;

/**
 * Why a store does not answer, in words for a person and without what is `secret`. A number stands for so many milliseconds
 * without an answer.
 */
export const storeReason = (error: unknown, secret = ""): string => {
  if (typeof error === "number") return `no answer within ${error / 1000} s`;
  const cause = fieldOf(error, "cause");
  if (cause instanceof Error) return storeReason(cause, secret);
  // Where a name has several addresses, each has an error of its own.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  const code = String(fieldOf(error, "code") ?? fieldOf(first, "code") ?? "");
  const known = CODES[code] ?? CODES[/^SQLITE_[A-Z]+/.exec(code)?.[0] ?? ""];
  if (known !== undefined) return known;
  const message = String(fieldOf(error, "message") ?? error).split("\n")[0] ?? "";
  const said = MESSAGES.find(([pattern]) => pattern.test(message));
  if (said !== undefined) return said[1];
  const clean = message
    .replace(/^(?:sqlite|postgres) store: (?:cannot use `[^`]*`: )?/, "")
    .replace(/[\p{C}]/gu, "·");
  return secret === "" ? clean : clean.replaceAll(secret, "•••");
};
