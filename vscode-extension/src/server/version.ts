/** The extension's version, which the build puts in. */
declare const AGENTPOLICY_VERSION: string;

export const VERSION = AGENTPOLICY_VERSION;
