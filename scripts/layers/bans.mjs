import { boundNames, isValue, walk } from "./names.mjs";

/** What each ban of `layers.json` forbids: a test of one node (with its parent), which answers what was found. */
const memberName = (node) =>
  node.computed ? (node.property.type === "Literal" ? node.property.value : null) : node.property.name;

/** A global used in any other way than by one of its harmless members could be anything under another name. */
const onlyThrough = (name, harmless) => (node, parent) => {
  if (node.name !== name || !isValue(node, parent)) return null;
  if (parent.type === "BinaryExpression" && parent.operator === "instanceof") return null;
  if (parent.type === "MemberExpression" && parent.object === node) {
    const member = memberName(parent);
    return member !== null && harmless(member) ? null : `${name}.${member ?? "[…]"}`;
  }
  if (name === "Date" && parent.type === "NewExpression" && parent.callee === node) {
    return parent.arguments.length > 0 ? null : "new Date()";
  }
  return `${name} as a value`;
};

const globals = (...names) => {
  const banned = new Set(names);
  return (node, parent, bound) =>
    banned.has(node.name) && isValue(node, parent) && !bound.has(node.name) ? node.name : null;
};

const date = onlyThrough("Date", (member) => ["UTC", "parse", "prototype"].includes(member));
const math = onlyThrough("Math", (member) => member !== "random");
const clocks = globals("performance", "setInterval", "setImmediate");
const evaluators = globals("eval", "Function");

const nodeBans = {
  clock: (node, parent, bound) => date(node, parent) ?? clocks(node, parent, bound),
  chance: (node, parent, bound) => math(node, parent) ?? globals("crypto")(node, parent, bound),
  eval: (node, parent) => evaluators(node, parent, new Set()),
  require: (node, parent, bound) => {
    if (node.type === "TSImportEqualsDeclaration") return "import … = require()";
    return globals("require", "createRequire")(
      node,
      parent,
      new Set([...bound].filter((n) => n === "require")),
    );
  },
  "dynamic-import": (node) => (node.type === "ImportExpression" ? "import()" : null),
  "import-meta": (node) =>
    node.type === "MetaProperty" && node.meta.name === "import" ? "import.meta" : null,
  host: globals(
    "process",
    "Buffer",
    "globalThis",
    "window",
    "self",
    "global",
    "document",
    "fetch",
    "console",
  ),
};

const SUPPRESSIONS =
  /@ts-(?:ignore|nocheck)\b|biome-ignore-(?:all|start)\b|biome-ignore lint\/suspicious\/noExplicitAny/;

/** Opens the named lists of bans until only single bans are left. */
export const expandBans = (names, lists) =>
  new Set(
    names.flatMap((name) => (lists[name] === undefined ? [name] : [...expandBans(lists[name], lists)])),
  );

/** Everything in a parsed file that one of `bans` forbids, as `{ ban, found, offset }`. */
export const bannedIn = (parsed, bans) => {
  const found = [];
  const bound = boundNames(parsed.program);
  const active = [...bans].filter((ban) => nodeBans[ban] !== undefined);
  walk(parsed.program, (node, parent) => {
    for (const ban of active) {
      const what = nodeBans[ban](node, parent, bound);
      if (what !== null) found.push({ ban, found: what, offset: node.start });
    }
  });
  if (bans.has("suppressions")) {
    for (const comment of parsed.comments) {
      const hit = SUPPRESSIONS.exec(comment.value);
      if (hit !== null) found.push({ ban: "suppressions", found: hit[0], offset: comment.start });
    }
  }
  return found;
};
