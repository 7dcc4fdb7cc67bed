import { existsSync, type Stats, statSync } from "node:fs";
import { resolve } from "node:path";
import { unusable } from "../io/read.ts";
import { isMistake, type Mistake, mistake } from "../result.ts";

/** Where a store is. `shown` names it without anything secret. */
export type StorePlace =
  | { readonly kind: "sqlite"; readonly path: string; readonly shown: string }
  | { readonly kind: "postgres"; readonly url: string; readonly schema: string; readonly shown: string };

const FORMS = "sqlite:./agentpolicy.db, or postgres://host/database";

/**
 * The place that a URL means: `sqlite:PATH`, relative to the working folder, or `postgres://…` with `?schema=` where the
 * tables are not in `agentpolicy`. Nothing of a URL that cannot be read is shown, for there may be a password in it.
 */
export const storePlace = (url: string, cwd: string): StorePlace | Mistake => {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme === "sqlite") return sqlitePlace(url.slice("sqlite:".length), cwd);
  if (scheme === "postgres" || scheme === "postgresql") return postgresPlace(url);
  if (scheme !== undefined && scheme.length > 1)
    return mistake(`there are no stores of the kind \`${scheme}:\``, FORMS);
  const file = url !== "" && existsSync(resolve(cwd, url));
  return mistake("a store is given by a URL", file ? `for this file write sqlite:${url}` : FORMS);
};

const sqlitePlace = (name: string, cwd: string): StorePlace | Mistake => {
  if (name === "") return mistake("which file? `sqlite:` names none", FORMS);
  if (name === ":memory:")
    return mistake("a database in memory is gone with its process; the store must be a file");
  if (name.startsWith("//"))
    return mistake(
      "`sqlite:` is followed by a path, without `//`",
      "sqlite:./agentpolicy.db, sqlite:/var/lib/agentpolicy.db",
    );
  const path = resolve(cwd, name);
  const shown = `sqlite:${name}`;
  const file = statsOf(path, name);
  if (isMistake(file)) return file;
  if (file === undefined)
    return mistake(
      `no such store: there is no file \`${name}\``,
      "a store is made by the first guard that uses it",
    );
  if (!file.isFile()) return mistake(`no such store: \`${name}\` is a folder, not a file`);
  return { kind: "sqlite", path, shown };
};

const statsOf = (path: string, shown: string): Stats | undefined | Mistake => {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    return unusable("read", shown, error);
  }
};

const SCHEMA = /^[a-z_][a-z0-9_]{0,62}$/;

const postgresPlace = (text: string): StorePlace | Mistake => {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !text.includes("://"))
    return mistake(
      "the URL of the Postgres store cannot be read",
      "postgres://user:password@host:5432/database; in a password write `/` as %2F, `#` as %23, `@` as %40",
    );
  const schema = url.searchParams.get("schema") ?? "agentpolicy";
  if (!SCHEMA.test(schema))
    return mistake("the schema of the Postgres store is no name", "lower-case letters, digits and `_`");
  url.searchParams.delete("schema");
  const shown = `postgres://${url.host}${url.pathname}${schema === "agentpolicy" ? "" : `?schema=${schema}`}`;
  return { kind: "postgres", url: url.href, schema, shown };
};
