import { createServer } from "node:net";
import { expect, it } from "vitest";
import { folder, run } from "../run.ts";

/** What the command says where a database is not what it should be. */
export const troubleSuite = (url: string): void => {
  const list = (store: string) => run(["checkpoints", "list", "--store", store], { cwd: folder() });
  const changed = (change: (url: URL) => void): string => {
    const other = new URL(url);
    change(other);
    return other.href;
  };

  it("names the reason, and never the password", async () => {
    const places: readonly (readonly [string, RegExp])[] = [
      [
        `${url}?schema=nothing_here`,
        /no such store: `postgres:\/\/127\.0\.0\.1:\d+\/\w+\?schema=nothing_here` has no schema/,
      ],
      [
        changed((u) => {
          u.pathname = "/nowhere";
        }),
        /cannot be used: there is no such database/,
      ],
      [
        changed((u) => {
          u.port = "1";
        }),
        /cannot be used: nothing answers there/,
      ],
      [
        changed((u) => {
          u.host = "host.invalid";
        }),
        /cannot be used: (?:there is no such host|the name of the host could not be looked up)/,
      ],
      [`${url}?schema=No`, /the schema of the Postgres store is no name/],
    ];
    for (const [store, message] of places) {
      const ran = await list(store);
      expect(ran).toMatchObject({ code: 2, out: "" });
      expect(ran.err).toMatch(message);
      expect(ran.err).not.toMatch(/:[^/\s]+@/);
    }
  });

  it("says that it does not answer, where somebody answers with nothing", async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const address = silent.address();
    const port = typeof address === "object" && address ? address.port : 0;
    try {
      const ran = await list(`postgres://ann:s3cret@127.0.0.1:${port}/x`);
      expect(ran).toMatchObject({ code: 2, out: "" });
      expect(ran.err).toContain("cannot be used: it does not answer");
      expect(ran.err).not.toContain("s3cret");
    } finally {
      silent.close();
    }
  });
};
