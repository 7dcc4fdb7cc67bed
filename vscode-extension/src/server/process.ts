import { startNodeServer } from "@agentpolicy/lsp/node";
import { VERSION } from "./version.ts";

startNodeServer({ version: VERSION });
