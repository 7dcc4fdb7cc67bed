// Makes every statement that a driver carries out a step.
import { createRequire } from "node:module";
import type { Store } from "@agentpolicy/runtime";
import type { Place } from "../support/places.ts";
import { begin, reach, slowStep, step } from "./steps.ts";

/** Opens a store in a process that is to be killed; only the driver that it needs is loaded. */
export async function openWatched(
  place: Place,
): Promise<{ readonly store: Store; readonly close: () => unknown }> {
  if (place.kind === "sqlite") {
    watchSqlite();
    const { sqlite } = await import("@agentpolicy/store-sqlite");
    const store = sqlite(place.path);
    return { store, close: store.close };
  }
  if (place.kind !== "postgres") throw new Error("nothing is left of what was in memory");
  const { default: pg } = await import("pg");
  watchPostgres(pg.Client.prototype);
  const { postgres } = await import("@agentpolicy/store-postgres");
  const pool = new pg.Pool({ connectionString: place.url, max: 2 });
  return { store: postgres(pool, { schema: place.schema }), close: () => pool.end() };
}

/** What a statement, or several in one, do: their first words. */
const labelOf = (text: string): string =>
  text
    .replaceAll(/"\w+"\./g, "")
    .split(";")
    .map((one) =>
      one
        .trim()
        .split(/\s+/)
        .slice(0, 3)
        .map((word) => word.replace(/\(.*/, ""))
        .join(" "),
    )
    .filter(Boolean)
    .join("; ");

type Does = (...given: unknown[]) => unknown;

function watchSqlite(): void {
  const Database = createRequire(import.meta.url)("libsql") as {
    readonly prototype: { exec: Does; prepare: Does };
  };
  const { prototype } = Database;
  const { exec, prepare } = prototype;
  prototype.exec = function (text) {
    return step(labelOf(text as string), () => exec.call(this, text));
  };
  prototype.prepare = function (text) {
    const statement = prepare.call(this, text) as { run: Does; all: Does };
    const [run, all] = [statement.run.bind(statement), statement.all.bind(statement)];
    const label = labelOf(text as string);
    statement.run = (...values) => step(label, () => run(...values));
    statement.all = (...values) => step(label, () => all(...values));
    return statement;
  };
}

/** A client takes statements with a callback, from pools, or gives a promise. */
function watchPostgres(prototype: { query: unknown }): void {
  const query = prototype.query as Does;
  prototype.query = function (this: unknown, text: string, ...rest: unknown[]) {
    const answered = rest.at(-1);
    // Statements in one go are with the server as soon as they are sent; single ones may not be.
    const label = text.includes(";") ? `send: ${labelOf(text)}` : labelOf(text);
    if (typeof answered !== "function") {
      return slowStep(label, () => query.call(this, text, ...rest) as Promise<unknown>);
    }
    const at = begin(label);
    query.call(this, text, ...rest.slice(0, -1), (...answer: unknown[]) => {
      reach(at, "after");
      answered(...answer);
    });
    reach(at, "sent");
    return undefined;
  };
}
