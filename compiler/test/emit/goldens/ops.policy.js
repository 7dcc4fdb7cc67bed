// The policy ops, compiled from ops.agentpolicy. Do not edit: edit that.
import { decision, identity, isRecord, policy, unfit } from "@agentpolicy/runtime/artifact";
import { denyByDefault } from "@agentpolicy/runtime/artifact/defaults";

const me = identity("ops", null, "3a1e99b880b63ac541d2710d869867c6d59e4ee3daff7f3f2cacdc4931b72d12");

const hasOwn = Object.hasOwn;
const none = Object.freeze({});
const nuke = decision(me, "deny", "rule", ["ops.nuke"], [], "medium");
const otherwise = denyByDefault(me);
const safe = decision(me, "allow", "rule", ["ops.safe"], [], "low");
const transfer = decision(me, "approval_required", "rule", ["ops.transfer"], [], "medium", [], { approval: { approvers: [{ rule: "ops.transfer", from: [], approvals: 1 }], within: 86400000 } });

const check_actor = (request) => {
  let at, type, actor, actor_id, actor_type;
  try {
    at = "actor"; type = "record";
    actor = hasOwn(request, "actor") ? request.actor : undefined;
    if (!isRecord(actor)) return unfit(me, at, type, actor);
    at = "actor.id"; type = "string";
    actor_id = hasOwn(actor, "id") ? actor.id : undefined;
    if (typeof actor_id !== "string") return unfit(me, at, type, actor_id);
    at = "actor.type"; type = "string";
    actor_type = hasOwn(actor, "type") ? actor.type : undefined;
    if (typeof actor_type !== "string") return unfit(me, at, type, actor_type);
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

const visible = (request) => {
  let at, type, misfit;
  try {
    if ((misfit = check_actor(request)) !== undefined) return misfit;
    return true;
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

// delete_database
const delete_database = (request) => {
  let at, type, misfit, context, context_env;
  try {
    if ((misfit = check_actor(request)) !== undefined) return misfit;
    at = "context"; type = "record";
    context = hasOwn(request, "context") ? request.context : undefined;
    if (context === undefined) context = none;
    if (!isRecord(context)) return unfit(me, at, type, context);
    at = "context.env"; type = "string";
    context_env = hasOwn(context, "env") ? context.env : undefined;
    if (context_env !== undefined && typeof context_env !== "string") return unfit(me, at, type, context_env);
    at = "request"; type = "record";
    // ops.nuke, ops.agentpolicy:17
    if ((context_env ?? "") === "prod") return nuke;
    return otherwise;
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

// read_logs
const read_logs = (request) => {
  let at, type, misfit;
  try {
    if ((misfit = check_actor(request)) !== undefined) return misfit;
    at = "request"; type = "record";
    // ops.safe, ops.agentpolicy:12
    return safe;
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

// transfer_money
const transfer_money = (request) => {
  let at, type, misfit;
  try {
    if ((misfit = check_actor(request)) !== undefined) return misfit;
    at = "request"; type = "record";
    // ops.transfer, ops.agentpolicy:14
    return transfer;
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

const facts = { visible: visible };

const tools = [
  ["delete_database", delete_database],
  ["read_logs", read_logs, facts],
  ["transfer_money", transfer_money, facts],
];

const manifest = {
  ...me,
  abi: 1,
  sources: {
    "ops.agentpolicy": "a1223ac6f0abeb8582708f78bb07ee7ef4abb8fb0cae3760610e1a761f191570",
  },
  tools: {
    delete_database: "99334726611ccf58a148b0814696bfa6fe08c1b2d027e946beccf5a74331c9aa",
    read_logs: "99334726611ccf58a148b0814696bfa6fe08c1b2d027e946beccf5a74331c9aa",
    transfer_money: "de353bac25f376117f77831c743b5d39d93643868c5ef63c782cccf6310e912d",
  },
  rules: {
    "ops.nuke": { effect: "deny", at: { file: "ops.agentpolicy", line: 16, character: 7 } },
    "ops.safe": { effect: "allow", at: { file: "ops.agentpolicy", line: 11, character: 21 } },
    "ops.transfer": { effect: "approval_required", at: { file: "ops.agentpolicy", line: 13, character: 37 } },
  },
  tracks: [],
};

export default policy(me, manifest, tools);
