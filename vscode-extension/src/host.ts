import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";

export type Client = BaseLanguageClient;

/** What differs from the desktop to the web. */
export interface Host {
  /** A client of a server of its own; not yet started. */
  readonly client: (options: LanguageClientOptions) => Client;
  /** Whether programs can be run. */
  readonly runs: boolean;
}

/** The names that settings, logs and lists use. */
export const ID = "agentpolicy";
export const NAME = "AgentPolicy";
