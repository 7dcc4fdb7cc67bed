export { agentpolicy, type PluginOptions } from "./plugin.ts";
