// The policy wide 2.0, compiled from wide.agentpolicy. Do not edit: edit that.
import { decision, freeze, identity, isRecord, own, policy, unfit } from "@agentpolicy/runtime/artifact";
import { askByDefault } from "@agentpolicy/runtime/artifact/defaults";
import { other } from "@agentpolicy/runtime/artifact/enums";
import { failed, finite, need, unread } from "@agentpolicy/runtime/artifact/faults";
import { also, settle } from "@agentpolicy/runtime/artifact/levels";
import { count, includes, includesAny, some } from "@agentpolicy/runtime/artifact/lists";
import { counted, figure, unavailable, uncounted } from "@agentpolicy/runtime/artifact/tracks";
import { email } from "@agentpolicy/runtime/values/email";
import { glob } from "@agentpolicy/runtime/values/glob";
import { hour } from "@agentpolicy/runtime/values/instant";
import { path as path_2, pathWithin } from "@agentpolicy/runtime/values/path";
import { codePoints, shown } from "@agentpolicy/runtime/values/text";
import { url } from "@agentpolicy/runtime/values/url";

const me = identity("wide", "2.0", "9d5347c431fdeb0ce2a3b9a16f17acc56a601bab733e192043bb9414ac9b4262");

const hasOwn = Object.hasOwn;
const none = Object.freeze({});
const calls_unavailable = unavailable(me, "wide.calls");
const wrote_unavailable = unavailable(me, "wide.wrote");
const flood = decision(me, "deny", "rule", ["wide.flood"], [], "medium");
const any_of = new Set([10, 11, 12, 13, 14, 15, 16, 17, 8, 9]);
const night_unread = unread(me, "wide.night");
const after_quiet = decision(me, "allow", "rule", ["wide.after-quiet"], [], "low");
const like = glob("/e*c/?asswd");
const plain = decision(me, "allow", "rule", ["wide.plain"], [], "low");
const pattern = new RegExp("^/srv/[a-z]+$", "us");
const otherwise = askByDefault(me);
const outside_home_unread = unread(me, "wide.outside-home");
const big = decision(me, "approval_required", "rule", ["wide.big"], [], "high", ["backup", "preview"], { approval: { approvers: [{ rule: "wide.big", from: ["ops", "lead"], approvals: 2 }], within: 1800000 } });
const odd = decision(me, "allow", "rule", ["wide.odd"], [], "low");
const list_of = [];
const list_of_2 = ["a", "b"];
const spent_uncounted = uncounted(me, "wide.spent");
const spent_unavailable = unavailable(me, "wide.spent");
const dear = decision(me, "deny", "rule", ["wide.dear"], [], "medium");
const record_of = {};
const too_much = decision(me, "deny", "rule", ["wide.too-much"], [], "medium");
const too_much_unread = unread(me, "wide.too-much");
const by_hand = decision(me, "allow", "rule", ["wide.by-hand"], [], "low");
const by_mail = decision(me, "allow", "rule", ["wide.by-mail"], [], "low");
const any_of_2 = new Set(["acme.com", "acme.io"]);
const by_mail_unread = unread(me, "wide.by-mail");
const any_of_3 = new Set(["GET", "POST", "PUT", "DELETE"]);
const known = decision(me, "allow", "rule", ["wide.known"], [], "low");
const any_of_4 = new Set(["api.acme.com", "cdn.acme.com", "img.acme.com", "www.acme.com"]);
const known_unread = unread(me, "wide.known");

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

const check_session = (request) => {
  let at, type, session, session_id;
  try {
    at = "session"; type = "record";
    session = hasOwn(request, "session") ? request.session : undefined;
    if (session === undefined) session = none;
    if (!isRecord(session)) return unfit(me, at, type, session);
    at = "session.id"; type = "string";
    session_id = hasOwn(session, "id") ? session.id : undefined;
    if (typeof session_id !== "string") return unfit(me, at, type, session_id);
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

const check_input = (action) => {
  let at, type, input, input_path;
  try {
    at = "input"; type = "record";
    input = hasOwn(action, "input") ? action.input : undefined;
    if (input === undefined) input = none;
    if (!isRecord(input)) return unfit(me, at, type, input);
    at = "input.path"; type = "string";
    input_path = hasOwn(input, "path") ? input.path : undefined;
    if (typeof input_path !== "string") return unfit(me, at, type, input_path);
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

const check_now = (request) => {
  let at, type, now;
  try {
    at = "now"; type = "number";
    now = hasOwn(request, "now") ? request.now : undefined;
    if (!Number.isFinite(now)) return unfit(me, at, type, now);
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

// files.read
const count_files_read = (request, action) => {
  let at, type, misfit;
  try {
    if ((misfit = check_actor(request)) !== undefined) return misfit;
    if ((misfit = check_session(request)) !== undefined) return misfit;
    if ((misfit = check_input(action)) !== undefined) return misfit;
    if ((misfit = check_now(request)) !== undefined) return misfit;
    return [{ track: "wide.calls", amount: 1 }];
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

const night = (now) => decision(me, "deny", "rule", ["wide.night"], ["It is " + shown(now, "instant") + ", and nobody watches."], "medium");
const visible = (request) => {
  let at, type, misfit;
  try {
    if ((misfit = check_actor(request)) !== undefined) return misfit;
    return true;
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

// files.write
const count_files_write = (request, action) => {
  let at, type, misfit, input, input_mode, input_path, input_text;
  try {
    if ((misfit = check_actor(request)) !== undefined) return misfit;
    if ((misfit = check_session(request)) !== undefined) return misfit;
    at = "input"; type = "record";
    input = hasOwn(action, "input") ? action.input : undefined;
    if (input === undefined) input = none;
    if (!isRecord(input)) return unfit(me, at, type, input);
    at = "input.mode"; type = "\"append\" | \"replace\"";
    input_mode = hasOwn(input, "mode") ? input.mode : undefined;
    if (input_mode !== undefined && input_mode !== "append" && input_mode !== "replace") return unfit(me, at, type, input_mode, other(input_mode, "string"));
    at = "input.path"; type = "string";
    input_path = hasOwn(input, "path") ? input.path : undefined;
    if (typeof input_path !== "string") return unfit(me, at, type, input_path);
    at = "input.text"; type = "string";
    input_text = hasOwn(input, "text") ? input.text : undefined;
    if (typeof input_text !== "string") return unfit(me, at, type, input_text);
    if ((misfit = check_now(request)) !== undefined) return misfit;
    at = "request"; type = "record";
    const added = [];
    added.push({ track: "wide.calls", amount: 1 });
    if (input_path.startsWith("/etc/")) added.push({ track: "wide.wrote", amount: 1 });
    return added;
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

const outside_home = (input_path) => decision(me, "deny", "rule", ["wide.outside-home"], ["Writing to " + shown(input_path) + "."], "medium");
const check_items = (list, path) => {
  const { length } = list;
  let at = "", type = "", position = 0;
  let item;
  try {
    for (; position < length; position++) {
      at = ""; type = "string";
      item = hasOwn(list, position) ? list[position] : undefined;
      if (typeof item !== "string") return unfit(me, `${path}[${position}]${at}`, type, item);
    }
  } catch {
    return unfit(me, `${path}[${position}]${at}`, type, 0, "unreadable");
  }
};

const check_actor_2 = (request) => {
  let at, type, actor, actor_id, actor_teams, misfit, actor_type;
  try {
    at = "actor"; type = "record";
    actor = hasOwn(request, "actor") ? request.actor : undefined;
    if (!isRecord(actor)) return unfit(me, at, type, actor);
    at = "actor.id"; type = "string";
    actor_id = hasOwn(actor, "id") ? actor.id : undefined;
    if (typeof actor_id !== "string") return unfit(me, at, type, actor_id);
    at = "actor.teams"; type = "list";
    actor_teams = hasOwn(actor, "teams") ? actor.teams : undefined;
    if (actor_teams !== undefined) {
      if (!Array.isArray(actor_teams)) return unfit(me, at, type, actor_teams);
      if ((misfit = check_items(actor_teams, at)) !== undefined) return misfit;
    }
    at = "actor.type"; type = "string";
    actor_type = hasOwn(actor, "type") ? actor.type : undefined;
    if (typeof actor_type !== "string") return unfit(me, at, type, actor_type);
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

const check_input_2 = (action) => {
  let at, type, input, input_odd_key;
  try {
    at = "input"; type = "record";
    input = hasOwn(action, "input") ? action.input : undefined;
    if (input === undefined) input = none;
    if (!isRecord(input)) return unfit(me, at, type, input);
    at = "input[\"odd key\"]"; type = "string";
    input_odd_key = hasOwn(input, "odd key") ? input["odd key"] : undefined;
    if (typeof input_odd_key !== "string") return unfit(me, at, type, input_odd_key);
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

// shop.odd tool/v2
const count_shop_odd_tool_v2 = (request, action) => {
  let at, type, misfit;
  try {
    if ((misfit = check_actor_2(request)) !== undefined) return misfit;
    if ((misfit = check_input_2(action)) !== undefined) return misfit;
    if ((misfit = check_now(request)) !== undefined) return misfit;
    return [{ track: "wide.calls", amount: 1 }];
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

const visible_2 = (request) => {
  let at, type, misfit;
  try {
    if ((misfit = check_actor_2(request)) !== undefined) return misfit;
    return true;
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

const check_items_2 = (list, path) => {
  const { length } = list;
  let at = "", type = "", position = 0;
  let item, item_price, item_tags, misfit;
  try {
    for (; position < length; position++) {
      at = ""; type = "record";
      item = hasOwn(list, position) ? list[position] : undefined;
      if (!isRecord(item)) return unfit(me, `${path}[${position}]${at}`, type, item);
      at = ".price"; type = "number";
      item_price = hasOwn(item, "price") ? item.price : undefined;
      if (!Number.isFinite(item_price)) return unfit(me, `${path}[${position}]${at}`, type, item_price);
      at = ".tags"; type = "list";
      item_tags = hasOwn(item, "tags") ? item.tags : undefined;
      if (!Array.isArray(item_tags)) return unfit(me, `${path}[${position}]${at}`, type, item_tags);
      if ((misfit = check_items(item_tags, `${path}[${position}]${at}`)) !== undefined) return misfit;
    }
  } catch {
    return unfit(me, `${path}[${position}]${at}`, type, 0, "unreadable");
  }
};

const is_record = (value) => {
  if (!isRecord(value)) return false;
  let field;
  field = hasOwn(value, "address") ? value.address : undefined;
  if (typeof field !== "string") return false;
  field = hasOwn(value, "kind") ? value.kind : undefined;
  if (field !== "mail") return false;
  field = hasOwn(value, "store") ? value.store : undefined;
  return true;
};

const is_record_2 = (value) => {
  if (!isRecord(value)) return false;
  let field;
  field = hasOwn(value, "address") ? value.address : undefined;
  field = hasOwn(value, "kind") ? value.kind : undefined;
  if (field !== "pickup") return false;
  field = hasOwn(value, "store") ? value.store : undefined;
  if (!Number.isInteger(field)) return false;
  return true;
};

const check_actor_3 = (request) => {
  let at, type, actor, actor_id, actor_role, actor_type;
  try {
    at = "actor"; type = "record";
    actor = hasOwn(request, "actor") ? request.actor : undefined;
    if (!isRecord(actor)) return unfit(me, at, type, actor);
    at = "actor.id"; type = "string";
    actor_id = hasOwn(actor, "id") ? actor.id : undefined;
    if (typeof actor_id !== "string") return unfit(me, at, type, actor_id);
    at = "actor.role"; type = "\"dev\" | \"ops\"";
    actor_role = hasOwn(actor, "role") ? actor.role : undefined;
    if (actor_role !== "dev" && actor_role !== "ops") return unfit(me, at, type, actor_role, other(actor_role, "string"));
    at = "actor.type"; type = "string";
    actor_type = hasOwn(actor, "type") ? actor.type : undefined;
    if (typeof actor_type !== "string") return unfit(me, at, type, actor_type);
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

const check_context = (request) => {
  let at, type, context, context_env, context_limits, context_limits_spend;
  try {
    at = "context"; type = "record";
    context = hasOwn(request, "context") ? request.context : undefined;
    if (context === undefined) context = none;
    if (!isRecord(context)) return unfit(me, at, type, context);
    at = "context.env"; type = "\"dev\" | \"prod\"";
    context_env = hasOwn(context, "env") ? context.env : undefined;
    if (context_env !== "dev" && context_env !== "prod") return unfit(me, at, type, context_env, other(context_env, "string"));
    at = "context.limits"; type = "record";
    context_limits = hasOwn(context, "limits") ? context.limits : undefined;
    if (context_limits !== undefined) {
      if (!isRecord(context_limits)) return unfit(me, at, type, context_limits);
      at = "context.limits.spend"; type = "number";
      context_limits_spend = hasOwn(context_limits, "spend") ? context_limits.spend : undefined;
      if (context_limits_spend !== undefined && !Number.isFinite(context_limits_spend)) return unfit(me, at, type, context_limits_spend);
    }
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

// shop.order
const count_shop_order = (request, action) => {
  let at, type, misfit, input, input_items, input_to;
  try {
    if ((misfit = check_actor_3(request)) !== undefined) return misfit;
    if ((misfit = check_context(request)) !== undefined) return misfit;
    at = "input"; type = "record";
    input = hasOwn(action, "input") ? action.input : undefined;
    if (input === undefined) input = none;
    if (!isRecord(input)) return unfit(me, at, type, input);
    at = "input.items"; type = "list";
    input_items = hasOwn(input, "items") ? input.items : undefined;
    if (!Array.isArray(input_items)) return unfit(me, at, type, input_items);
    if ((misfit = check_items_2(input_items, at)) !== undefined) return misfit;
    at = "input.to"; type = "record";
    input_to = hasOwn(input, "to") ? input.to : undefined;
    if (!(is_record(input_to) || is_record_2(input_to))) return unfit(me, at, type, input_to);
    if ((misfit = check_now(request)) !== undefined) return misfit;
    at = "request"; type = "record";
    const added = [];
    added.push({ track: "wide.calls", amount: 1 });
    try {
      added.push({ track: "wide.spent", amount: finite(count(input_items, (i) => (hasOwn(i, "price") ? i.price : undefined) > 0) * 10) });
    } catch (error) {
      return failed(error, spent_uncounted);
    }
    return added;
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

// fn wide.is-ops
const is_ops = (actor_role, context_env) => actor_role === "ops" && context_env !== "dev";
// fn wide.outside
const outside = (address) => !any_of_2.has(need(email(address)).domain);
const visible_3 = (request) => {
  let at, type, misfit;
  try {
    if ((misfit = check_actor_3(request)) !== undefined) return misfit;
    if ((misfit = check_context(request)) !== undefined) return misfit;
    return true;
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

const check_context_2 = (request) => {
  let at, type, context, context_ticket;
  try {
    at = "context"; type = "record";
    context = hasOwn(request, "context") ? request.context : undefined;
    if (context === undefined) context = none;
    if (!isRecord(context)) return unfit(me, at, type, context);
    at = "context.ticket"; type = "string";
    context_ticket = hasOwn(context, "ticket") ? context.ticket : undefined;
    if (context_ticket !== undefined && typeof context_ticket !== "string") return unfit(me, at, type, context_ticket);
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

const check_input_3 = (action) => {
  let at, type, input, input_method, input_url;
  try {
    at = "input"; type = "record";
    input = hasOwn(action, "input") ? action.input : undefined;
    if (input === undefined) input = none;
    if (!isRecord(input)) return unfit(me, at, type, input);
    at = "input.method"; type = "\"GET\" | \"POST\" | \"PUT\" | \"DELETE\"";
    input_method = hasOwn(input, "method") ? input.method : undefined;
    if (!any_of_3.has(input_method)) return unfit(me, at, type, input_method, other(input_method, "string"));
    at = "input.url"; type = "string";
    input_url = hasOwn(input, "url") ? input.url : undefined;
    if (typeof input_url !== "string") return unfit(me, at, type, input_url);
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

// web.fetch
const count_web_fetch = (request, action) => {
  let at, type, misfit;
  try {
    if ((misfit = check_actor(request)) !== undefined) return misfit;
    if ((misfit = check_context_2(request)) !== undefined) return misfit;
    if ((misfit = check_input_3(action)) !== undefined) return misfit;
    if ((misfit = check_now(request)) !== undefined) return misfit;
    return [{ track: "wide.calls", amount: 1 }];
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

const why = (input_url) => decision(me, "clarification_required", "rule", ["wide.why"], [], "medium", [], { clarification: { questions: [{ rule: "wide.why", ask: "Why delete " + shown(input_url) + "?" }], needs: ["context.ticket"], within: 86400000 } });
const visible_4 = (request) => {
  let at, type, misfit;
  try {
    if ((misfit = check_actor(request)) !== undefined) return misfit;
    if ((misfit = check_context_2(request)) !== undefined) return misfit;
    return true;
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

const unreviewed = (name) => decision(me, "approval_required", "rule", ["wide.unreviewed"], [shown(name)], "medium", [], { approval: { approvers: [{ rule: "wide.unreviewed", from: [], approvals: 1 }], within: 86400000 } });
const visible_5 = (request, name) => {
  let at, type, misfit;
  try {
    if ((misfit = check_actor(request)) !== undefined) return misfit;
    return true;
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

// files.read
const files_read = (request, action, figures) => {
  let at, type, calls, wrote, hits, misfit, input, input_path, now;
  try {
    if ((misfit = check_actor(request)) !== undefined) return misfit;
    if ((misfit = check_session(request)) !== undefined) return misfit;
    at = "input"; type = "record";
    input = hasOwn(action, "input") ? action.input : undefined;
    if (input === undefined) input = none;
    if (!isRecord(input)) return unfit(me, at, type, input);
    at = "input.path"; type = "string";
    input_path = hasOwn(input, "path") ? input.path : undefined;
    if (typeof input_path !== "string") return unfit(me, at, type, input_path);
    at = "now"; type = "number";
    now = hasOwn(request, "now") ? request.now : undefined;
    if (!Number.isFinite(now)) return unfit(me, at, type, now);
    calls = figure(figures, "wide.calls");
    if (!Number.isFinite(calls)) return calls_unavailable;
    wrote = figure(figures, "wide.wrote");
    if (typeof wrote !== "boolean") return wrote_unavailable;
    at = "request"; type = "record";
    // wide.flood, wide.agentpolicy:34
    if (calls > 1000) hits = also(hits, flood);
    // wide.night, wide.agentpolicy:31
    try {
      if (!any_of.has(need(hour(now, "Europe/Berlin")))) hits = also(hits, night(now));
    } catch (error) {
      hits = also(hits, failed(error, night_unread));
    }
    if (hits !== undefined) return settle(me, hits);
    // wide.after-quiet, wide.agentpolicy:53
    if (!wrote && !like(input_path)) hits = also(hits, after_quiet);
    // wide.plain, wide.agentpolicy:52
    if (input_path.endsWith(".txt") || input_path.startsWith("/tmp/") || pattern.test(input_path)) hits = also(hits, plain);
    if (hits !== undefined) return settle(me, hits);
    return otherwise;
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

// files.write
const files_write = (request, action, figures) => {
  let at, type, calls, hits, misfit, input, input_mode, input_path, input_text, now;
  try {
    if ((misfit = check_actor(request)) !== undefined) return misfit;
    if ((misfit = check_session(request)) !== undefined) return misfit;
    at = "input"; type = "record";
    input = hasOwn(action, "input") ? action.input : undefined;
    if (input === undefined) input = none;
    if (!isRecord(input)) return unfit(me, at, type, input);
    at = "input.mode"; type = "\"append\" | \"replace\"";
    input_mode = hasOwn(input, "mode") ? input.mode : undefined;
    if (input_mode !== undefined && input_mode !== "append" && input_mode !== "replace") return unfit(me, at, type, input_mode, other(input_mode, "string"));
    at = "input.path"; type = "string";
    input_path = hasOwn(input, "path") ? input.path : undefined;
    if (typeof input_path !== "string") return unfit(me, at, type, input_path);
    at = "input.text"; type = "string";
    input_text = hasOwn(input, "text") ? input.text : undefined;
    if (typeof input_text !== "string") return unfit(me, at, type, input_text);
    at = "now"; type = "number";
    now = hasOwn(request, "now") ? request.now : undefined;
    if (!Number.isFinite(now)) return unfit(me, at, type, now);
    calls = figure(figures, "wide.calls");
    if (!Number.isFinite(calls)) return calls_unavailable;
    at = "request"; type = "record";
    // wide.flood, wide.agentpolicy:34
    if (calls > 1000) hits = also(hits, flood);
    // wide.night, wide.agentpolicy:31
    try {
      if (!any_of.has(need(hour(now, "Europe/Berlin")))) hits = also(hits, night(now));
    } catch (error) {
      hits = also(hits, failed(error, night_unread));
    }
    // wide.outside-home, wide.agentpolicy:38
    try {
      if (!need(pathWithin(need(path_2(input_path)), "/home/agent"))) hits = also(hits, outside_home(input_path));
    } catch (error) {
      hits = also(hits, failed(error, outside_home_unread));
    }
    if (hits !== undefined) return settle(me, hits);
    // wide.big, wide.agentpolicy:41
    if (codePoints(input_text) > 1000 || (input_mode ?? "append") === "replace") return big;
    return otherwise;
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

// shop.odd tool/v2
const shop_odd_tool_v2 = (request, action, figures) => {
  let at, type, calls, hits, actor, actor_id, actor_teams, misfit, actor_type, input, input_odd_key, now;
  try {
    at = "actor"; type = "record";
    actor = hasOwn(request, "actor") ? request.actor : undefined;
    if (!isRecord(actor)) return unfit(me, at, type, actor);
    at = "actor.id"; type = "string";
    actor_id = hasOwn(actor, "id") ? actor.id : undefined;
    if (typeof actor_id !== "string") return unfit(me, at, type, actor_id);
    at = "actor.teams"; type = "list";
    actor_teams = hasOwn(actor, "teams") ? actor.teams : undefined;
    if (actor_teams !== undefined) {
      if (!Array.isArray(actor_teams)) return unfit(me, at, type, actor_teams);
      if ((misfit = check_items(actor_teams, at)) !== undefined) return misfit;
    }
    at = "actor.type"; type = "string";
    actor_type = hasOwn(actor, "type") ? actor.type : undefined;
    if (typeof actor_type !== "string") return unfit(me, at, type, actor_type);
    at = "input"; type = "record";
    input = hasOwn(action, "input") ? action.input : undefined;
    if (input === undefined) input = none;
    if (!isRecord(input)) return unfit(me, at, type, input);
    at = "input[\"odd key\"]"; type = "string";
    input_odd_key = hasOwn(input, "odd key") ? input["odd key"] : undefined;
    if (typeof input_odd_key !== "string") return unfit(me, at, type, input_odd_key);
    at = "now"; type = "number";
    now = hasOwn(request, "now") ? request.now : undefined;
    if (!Number.isFinite(now)) return unfit(me, at, type, now);
    calls = figure(figures, "wide.calls");
    if (!Number.isFinite(calls)) return calls_unavailable;
    at = "request"; type = "record";
    // wide.flood, wide.agentpolicy:34
    if (calls > 1000) hits = also(hits, flood);
    // wide.night, wide.agentpolicy:31
    try {
      if (!any_of.has(need(hour(now, "Europe/Berlin")))) hits = also(hits, night(now));
    } catch (error) {
      hits = also(hits, failed(error, night_unread));
    }
    if (hits !== undefined) return settle(me, hits);
    // wide.odd, wide.agentpolicy:74
    if (input_odd_key === "\u003c/script>" && includesAny(actor_teams ?? list_of, list_of_2)) return odd;
    return otherwise;
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

// shop.order
const judge_shop_order = (request, action, figures) => {
  let at, type, calls, spent, hits, actor, actor_id, actor_role, actor_type, context, context_env, context_limits, context_limits_spend, input, input_items, misfit, input_to, now;
  try {
    at = "actor"; type = "record";
    actor = hasOwn(request, "actor") ? request.actor : undefined;
    if (!isRecord(actor)) return unfit(me, at, type, actor);
    at = "actor.id"; type = "string";
    actor_id = hasOwn(actor, "id") ? actor.id : undefined;
    if (typeof actor_id !== "string") return unfit(me, at, type, actor_id);
    at = "actor.role"; type = "\"dev\" | \"ops\"";
    actor_role = hasOwn(actor, "role") ? actor.role : undefined;
    if (actor_role !== "dev" && actor_role !== "ops") return unfit(me, at, type, actor_role, other(actor_role, "string"));
    at = "actor.type"; type = "string";
    actor_type = hasOwn(actor, "type") ? actor.type : undefined;
    if (typeof actor_type !== "string") return unfit(me, at, type, actor_type);
    at = "context"; type = "record";
    context = hasOwn(request, "context") ? request.context : undefined;
    if (context === undefined) context = none;
    if (!isRecord(context)) return unfit(me, at, type, context);
    at = "context.env"; type = "\"dev\" | \"prod\"";
    context_env = hasOwn(context, "env") ? context.env : undefined;
    if (context_env !== "dev" && context_env !== "prod") return unfit(me, at, type, context_env, other(context_env, "string"));
    at = "context.limits"; type = "record";
    context_limits = hasOwn(context, "limits") ? context.limits : undefined;
    if (context_limits !== undefined) {
      if (!isRecord(context_limits)) return unfit(me, at, type, context_limits);
      at = "context.limits.spend"; type = "number";
      context_limits_spend = hasOwn(context_limits, "spend") ? context_limits.spend : undefined;
      if (context_limits_spend !== undefined && !Number.isFinite(context_limits_spend)) return unfit(me, at, type, context_limits_spend);
    }
    at = "input"; type = "record";
    input = hasOwn(action, "input") ? action.input : undefined;
    if (input === undefined) input = none;
    if (!isRecord(input)) return unfit(me, at, type, input);
    at = "input.items"; type = "list";
    input_items = hasOwn(input, "items") ? input.items : undefined;
    if (!Array.isArray(input_items)) return unfit(me, at, type, input_items);
    if ((misfit = check_items_2(input_items, at)) !== undefined) return misfit;
    at = "input.to"; type = "record";
    input_to = hasOwn(input, "to") ? input.to : undefined;
    if (!(is_record(input_to) || is_record_2(input_to))) return unfit(me, at, type, input_to);
    at = "now"; type = "number";
    now = hasOwn(request, "now") ? request.now : undefined;
    if (!Number.isFinite(now)) return unfit(me, at, type, now);
    calls = figure(figures, "wide.calls");
    if (!Number.isFinite(calls)) return calls_unavailable;
    spent = figure(figures, "wide.spent");
    if (!Number.isFinite(spent)) return spent_unavailable;
    at = "request"; type = "record";
    // wide.dear, wide.agentpolicy:66
    if (some(input_items, (i) => (hasOwn(i, "price") ? i.price : undefined) > (own(context_limits ?? record_of, "spend") ?? 100) || includes(hasOwn(i, "tags") ? i.tags : undefined, "gold"))) hits = also(hits, dear);
    // wide.flood, wide.agentpolicy:34
    if (calls > 1000) hits = also(hits, flood);
    // wide.night, wide.agentpolicy:31
    try {
      if (!any_of.has(need(hour(now, "Europe/Berlin")))) hits = also(hits, night(now));
    } catch (error) {
      hits = also(hits, failed(error, night_unread));
    }
    // wide.too-much, wide.agentpolicy:68
    try {
      if (finite(spent + 1) > 50) hits = also(hits, too_much);
    } catch (error) {
      hits = also(hits, failed(error, too_much_unread));
    }
    if (hits !== undefined) return settle(me, hits);
    // wide.by-hand, wide.agentpolicy:70
    if ((hasOwn(input_to, "kind") ? input_to.kind : undefined) === "pickup" && (hasOwn(input_to, "store") ? input_to.store : undefined) < 10 && is_ops(actor_role, context_env)) hits = also(hits, by_hand);
    // wide.by-mail, wide.agentpolicy:69
    try {
      if ((hasOwn(input_to, "kind") ? input_to.kind : undefined) === "mail" && !outside(hasOwn(input_to, "address") ? input_to.address : undefined)) hits = also(hits, by_mail);
    } catch (error) {
      hits = also(hits, failed(error, by_mail_unread));
    }
    if (hits !== undefined) return settle(me, hits);
    return otherwise;
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

// shop.order
const shop_order = counted(judge_shop_order, count_shop_order);
// web.fetch
const web_fetch = (request, action, figures) => {
  let at, type, calls, hits, misfit, input, input_method, input_url, now;
  try {
    if ((misfit = check_actor(request)) !== undefined) return misfit;
    if ((misfit = check_context_2(request)) !== undefined) return misfit;
    at = "input"; type = "record";
    input = hasOwn(action, "input") ? action.input : undefined;
    if (input === undefined) input = none;
    if (!isRecord(input)) return unfit(me, at, type, input);
    at = "input.method"; type = "\"GET\" | \"POST\" | \"PUT\" | \"DELETE\"";
    input_method = hasOwn(input, "method") ? input.method : undefined;
    if (!any_of_3.has(input_method)) return unfit(me, at, type, input_method, other(input_method, "string"));
    at = "input.url"; type = "string";
    input_url = hasOwn(input, "url") ? input.url : undefined;
    if (typeof input_url !== "string") return unfit(me, at, type, input_url);
    at = "now"; type = "number";
    now = hasOwn(request, "now") ? request.now : undefined;
    if (!Number.isFinite(now)) return unfit(me, at, type, now);
    calls = figure(figures, "wide.calls");
    if (!Number.isFinite(calls)) return calls_unavailable;
    at = "request"; type = "record";
    // wide.flood, wide.agentpolicy:34
    if (calls > 1000) hits = also(hits, flood);
    // wide.night, wide.agentpolicy:31
    try {
      if (!any_of.has(need(hour(now, "Europe/Berlin")))) hits = also(hits, night(now));
    } catch (error) {
      hits = also(hits, failed(error, night_unread));
    }
    if (hits !== undefined) return settle(me, hits);
    // wide.why, wide.agentpolicy:59
    if (input_method === "DELETE") return why(input_url);
    // wide.known, wide.agentpolicy:57
    try {
      if (any_of_4.has(need(url(input_url)).host) && (input_method === "GET" || input_method === "POST")) return known;
    } catch (error) {
      return failed(error, known_unread);
    }
    return otherwise;
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

// unknown tools
const unknown = (request, action, figures, name) => {
  let at, type, misfit, input, input_reason;
  try {
    if ((misfit = check_actor(request)) !== undefined) return misfit;
    at = "input"; type = "record";
    input = hasOwn(action, "input") ? action.input : undefined;
    if (input === undefined) input = none;
    if (!isRecord(input)) return unfit(me, at, type, input);
    at = "input.reason"; type = "any";
    input_reason = hasOwn(input, "reason") ? input.reason : undefined;
    at = "request"; type = "record";
    // wide.unreviewed, wide.agentpolicy:78
    if (name.startsWith("beta.") && input_reason !== undefined && typeof input_reason === "string" && input_reason !== "") return unreviewed(name);
    return otherwise;
  } catch {
    return unfit(me, at, type, 0, "unreadable");
  }
};

const facts = { visible: visible, reads: Object.freeze(["wide.calls", "wide.wrote"]), counts: count_files_read };
const facts_2 = { visible: visible, reads: Object.freeze(["wide.calls"]), masks: freeze([["input", "text"]]), counts: count_files_write };
const facts_3 = { visible: visible_2, reads: Object.freeze(["wide.calls"]), counts: count_shop_odd_tool_v2 };
const facts_4 = { visible: visible_3, reads: Object.freeze(["wide.calls", "wide.spent"]), counts: count_shop_order };
const facts_5 = { visible: visible_4, reads: Object.freeze(["wide.calls"]), counts: count_web_fetch };
const facts_6 = { visible: visible_5 };

const tools = [
  ["files.read", files_read, facts],
  ["files.write", files_write, facts_2],
  ["shop.odd tool/v2", shop_odd_tool_v2, facts_3],
  ["shop.order", shop_order, facts_4],
  ["web.fetch", web_fetch, facts_5],
];

const manifest = {
  ...me,
  abi: 1,
  sources: {
    "wide.agentpolicy": "087ddac0532030ea0d8ab21f7abd50e5dae3c0102c8e46ebb028cf826bf35660",
  },
  tools: {
    "files.read": "39b714704935190561ed407980480b9a4a0b346b97346e0bff71fb9ace820194",
    "files.write": "792ec31d32e2dbf01eedd7fd1ce223f4ddf5040d55c60137f9dfc77836c5b449",
    "shop.odd tool/v2": "01b60fdf5f614d773eee0c46685fe3612879d4ac9b406c4301cc1830c2659aea",
    "shop.order": "0af9266a398f81d87643eec615f0d4b3a5f21345928eaa5196735b0c32822f4e",
    "web.fetch": "5afb24fe128c85355405f704582d9c4c77477af0d7f17a0cb60422aabd2ace31",
  },
  rules: {
    "wide.after-quiet": { effect: "allow", at: { file: "wide.agentpolicy", line: 52, character: 8 } },
    "wide.big": { effect: "approval_required", at: { file: "wide.agentpolicy", line: 40, character: 19 } },
    "wide.by-hand": { effect: "allow", at: { file: "wide.agentpolicy", line: 69, character: 8 } },
    "wide.by-mail": { effect: "allow", at: { file: "wide.agentpolicy", line: 68, character: 8 } },
    "wide.dear": { effect: "deny", at: { file: "wide.agentpolicy", line: 65, character: 7 } },
    "wide.flood": { effect: "deny", at: { file: "wide.agentpolicy", line: 33, character: 7 } },
    "wide.known": { effect: "allow", at: { file: "wide.agentpolicy", line: 56, character: 8 } },
    "wide.night": { effect: "deny", at: { file: "wide.agentpolicy", line: 30, character: 7 } },
    "wide.odd": { effect: "allow", at: { file: "wide.agentpolicy", line: 73, character: 8 } },
    "wide.outside-home": { effect: "deny", at: { file: "wide.agentpolicy", line: 37, character: 7 } },
    "wide.plain": { effect: "allow", at: { file: "wide.agentpolicy", line: 51, character: 8 } },
    "wide.too-much": { effect: "deny", at: { file: "wide.agentpolicy", line: 67, character: 7 } },
    "wide.unreviewed": { effect: "approval_required", at: { file: "wide.agentpolicy", line: 77, character: 19 } },
    "wide.why": { effect: "clarification_required", at: { file: "wide.agentpolicy", line: 58, character: 24 } },
  },
  tracks: [{ id: "wide.calls", figure: "count", per: "policy", within: 3600000 }, { id: "wide.spent", figure: "sum", per: "actor", within: 86400000 }, { id: "wide.wrote", figure: "seen", per: "session", within: null }],
};

export default policy(me, manifest, tools, unknown, facts_6);
