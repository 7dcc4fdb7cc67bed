import { existsSync } from "node:fs";
import { ROOT } from "../files.mjs";

const BUILT = `${ROOT}/cli/dist/main.js`;

/** The command's program, as built; it runs nothing here. */
export const loadProgram = async () => {
  if (!existsSync(BUILT)) throw new Error("build first: npm run build");
  const { makeProgram } = await import(BUILT);
  const nothing = () => undefined;
  const plain = {
    colour: false,
    ...Object.fromEntries(
      ["bold", "dim", "red", "green", "yellow", "blue", "cyan", "magenta"].map((name) => [name, String]),
    ),
  };
  const world = {
    cwd: ROOT,
    out: async () => undefined,
    err: nothing,
    style: { out: plain, err: plain },
    env: {},
    login: nothing,
    now: () => 0,
    onInterrupt: () => nothing,
    terminal: false,
  };
  return makeProgram({ world, server: null, finish: nothing });
};
