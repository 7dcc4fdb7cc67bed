// The policy wide, compiled. Do not edit.
import type { Policy } from "@agentpolicy/runtime/abi";

/** The tools that the policy knows, and what they take. */
export type Calls = {
  "files.read": { path: string };
  "files.write": { mode?: "append" | "replace"; path: string; text: string };
  "shop.odd tool/v2": { __proto__?: string; "odd key": string };
  "shop.order": { items: readonly ({ name: string; price: number; tags: readonly string[] })[]; to: { address: string; kind: "mail" } | { kind: "pickup"; store: number } };
  "web.fetch": { method: "GET" | "POST" | "PUT" | "DELETE"; url: string };
  [unknown: string & {}]: unknown;
};

declare const policy: Policy<Calls>;
export default policy;
