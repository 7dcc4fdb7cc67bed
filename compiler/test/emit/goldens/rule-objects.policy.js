// The policy conservative 1, compiled from rules.json. Do not edit: edit that.
import { decision, identity, isRecord, policy, unfit } from "@agentpolicy/runtime/artifact";
import { askByDefault } from "@agentpolicy/runtime/artifact/defaults";
import { failed, finite, need } from "@agentpolicy/runtime/artifact/faults";
import { also } from "@agentpolicy/runtime/artifact/levels";
import { every, some } from "@agentpolicy/runtime/artifact/lists";
import { strictest, unsure } from "@agentpolicy/runtime/artifact/strictest";
import { email } from "@agentpolicy/runtime/values/email";

const me = identity("conservative", "1", "1c9c12628dec38ab3e651baa05edda803482f1e12c16915bc91b83bdeeadfb2a");

const hasOwn = Object.hasOwn;
const none = Object.freeze({});
const keep_production = decision(me, "deny", "rule", ["keep-production"], ["Nothing is deleted in production."], "critical", ["policy_exception"]);
const keep_production_unsure = unsure(keep_production);
const ask_when_unsure = decision(me, "clarification_required", "rule", ["ask-when-unsure"], [], "medium", ["explain_uncertainty"], { clarification: { questions: [{ rule: "ask-when-unsure", ask: "The model is not sure of this call. What speaks for it?" }], needs: [], within: 86400000 } });
const approve_external_mail = decision(me, "approval_required", "rule", ["approve-external-mail"], ["Mail that leaves the house is seen by a person first."], "medium", ["human_approval", "preview"], { approval: { approvers: [{ rule: "approve-external-mail", from: [], approvals: 1 }], within: 86400000 } });
const approve_external_mail_unsure = unsure(approve_external_mail);
const allow_looking = decision(me, "allow", "rule", ["allow-looking"], ["Reading, searching and listing change nothing."], "low");
const otherwise = askByDefault(me, "medium", ["human_approval"]);

const is_list = (value) => Array.isArray(value) && every(value, (item) => typeof item === "string");
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

const visible = (request, name) => {
  let at, type, misfit, context, context_environment;
  try {
    if ((misfit = check_actor(request)) !== undefined) return misfit;
    at = "context"; type = "record";
    context = hasOwn(request, "context") ? request.context : undefined;
    if (context === undefined) context = none;
    if (!isRecord(context)) return unfit(me, at, type, context);
    at = "context.environment"; type = "any";
    context_environment = hasOwn(context, "environment") ? context.environment : undefined;
    return !(name.startsWith("delete_") && context_environment !== undefined && typeof context_environment === "string" && context_environment === "production");
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

// unknown tools
const unknown = (request, action, figures, name) => {
  let at, type, hits, misfit, context, context_environment, model, model_confidence, input, input_to;
  try {
    if ((misfit = check_actor(request)) !== undefined) return misfit;
    at = "context"; type = "record";
    context = hasOwn(request, "context") ? request.context : undefined;
    if (context === undefined) context = none;
    if (!isRecord(context)) return unfit(me, at, type, context);
    at = "context.environment"; type = "any";
    context_environment = hasOwn(context, "environment") ? context.environment : undefined;
    at = "model"; type = "record";
    model = hasOwn(request, "model") ? request.model : undefined;
    if (model === undefined) model = none;
    if (!isRecord(model)) return unfit(me, at, type, model);
    at = "model.confidence"; type = "number";
    model_confidence = hasOwn(model, "confidence") ? model.confidence : undefined;
    if (model_confidence !== undefined && !Number.isFinite(model_confidence)) return unfit(me, at, type, model_confidence);
    at = "input"; type = "record";
    input = hasOwn(action, "input") ? action.input : undefined;
    if (input === undefined) input = none;
    if (!isRecord(input)) return unfit(me, at, type, input);
    at = "input.to"; type = "any";
    input_to = hasOwn(input, "to") ? input.to : undefined;
    at = "request"; type = "record";
    // keep-production, rules.json:5
    try {
      if (name.startsWith("delete_") && context_environment !== undefined && (typeof context_environment === "string" ? context_environment === "production" : context_environment > finite(1 / 0))) hits = also(hits, keep_production);
    } catch (error) {
      hits = also(hits, failed(error, keep_production_unsure));
    }
    // ask-when-unsure, rules.json:4
    if (model_confidence !== undefined && model_confidence < 0.8) hits = also(hits, ask_when_unsure);
    // approve-external-mail, rules.json:3
    try {
      if (name === "send_email" && (input_to !== undefined ? typeof input_to === "string" ? need(email(input_to)).domain !== "acme.com" : is_list(input_to) ? some(input_to, (address) => need(email(address)).domain !== "acme.com") : input_to > finite(1 / 0) : input_to > finite(1 / 0))) hits = also(hits, approve_external_mail);
    } catch (error) {
      hits = also(hits, failed(error, approve_external_mail_unsure));
    }
    // allow-looking, rules.json:2
    if (name.startsWith("list_") || name.startsWith("read_") || name.startsWith("search_")) hits = also(hits, allow_looking);
    if (hits !== undefined) return strictest(me, hits);
    return otherwise;
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

const facts = { visible: visible };

const tools = [
];

const manifest = {
  ...me,
  abi: 1,
  sources: {
    "rules.json": "e74a0a23065e6dac52bc2d91b787bbcd09b406908c28fd523f6a5925857b4510",
  },
  tools: {},
  rules: {
    "allow-looking": { effect: "allow", at: { file: "rules.json", line: 1, character: 10 } },
    "approve-external-mail": { effect: "approval_required", at: { file: "rules.json", line: 2, character: 10 } },
    "ask-when-unsure": { effect: "clarification_required", at: { file: "rules.json", line: 3, character: 10 } },
    "keep-production": { effect: "deny", at: { file: "rules.json", line: 4, character: 10 } },
  },
  tracks: [],
};

export default policy(me, manifest, tools, unknown, facts);
