import { startNodeServer } from "@agentpolicy/lsp/node";
import { VERSION } from "../version.ts";

/** Serves until the editor ends it; the server then ends the process. */
export const serveEditors = (): Promise<never> => {
  startNodeServer({
    version: VERSION,
    pages: new URL("../docs/", import.meta.resolve("@agentpolicy/language")).href,
  });
  return new Promise(() => undefined);
};
