import { type ServerPort, startBrowserServer } from "@agentpolicy/lsp/browser";
import { VERSION } from "./version.ts";

startBrowserServer(self as unknown as ServerPort, { version: VERSION });
