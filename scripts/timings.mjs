import { parseSync } from "vite";
import { walk } from "./layers/names.mjs";

/** Members that say how long something took; a plain `Date.now()` is a date, and may be given to what is tested. */
const CLOCKS = new Map([
  ["process", new Set(["cpuUsage", "hrtime", "resourceUsage", "threadCpuUsage", "uptime"])],
  ["console", new Set(["time", "timeEnd", "timeLog"])],
]);
const SPANS = /^(?:ms|millis|milliseconds|seconds|elapsed|took|lasted|spent|duration)$/i;
const COMPARES = /^toBe(?:Less|Greater)Than(?:OrEqual)?$|^toBeCloseTo$/;
const ADVICE = "count steps or calls, or wait for what never comes by itself";

/**
 * Places at which a test measures how long something takes. Such a test fails on a slow machine though nothing is wrong.
 *
 * @param {string} path path of the file from the root of the repository
 * @param {string} text its content
 * @returns {string[]} one line for each finding: `path:line: what`
 */
export const timings = (path, text) => {
  const parsed = parseSync(path, text);
  const error = parsed.errors[0];
  if (error !== undefined) return [`${path}:1: cannot be parsed: ${error.message}`];
  const begun = new Set();
  walk(parsed.program, (node) => {
    if (node.type === "VariableDeclarator" && isNow(node.init)) begun.add(node.id.name);
  });
  const found = [];
  walk(parsed.program, (node, parent) => {
    const what = measured(node, parent, begun);
    if (what === null) return;
    const line = text.slice(0, node.start).split("\n").length;
    found.push(`${path}:${line}: ${what} in a test: timings are never asserted; ${ADVICE}`);
  });
  return [...new Set(found)];
};

const measured = (node, parent, begun) => {
  if (node.type === "ImportDeclaration" && /^(?:node:)?perf_hooks$/.test(node.source.value))
    return "`perf_hooks`";
  if (node.type === "Identifier" && node.name === "performance" && isFree(node, parent))
    return "`performance`";
  if (node.type === "MemberExpression" && CLOCKS.get(node.object.name)?.has(nameIn(node)))
    return `\`${node.object.name}.${nameIn(node)}\``;
  if (node.type === "BinaryExpression" && node.operator === "-") {
    const [left, right] = [node.left, node.right].map((side) => isNow(side) || begun.has(side.name));
    return left && right ? "a difference of two times" : null;
  }
  return isSpanCompared(node) ? "a time that is compared" : null;
};

/** `globalThis.performance` counts, `result.performance` and a key do not. */
const isFree = (node, parent) => {
  if (parent?.type === "MemberExpression" && parent.property === node && !parent.computed)
    return parent.object.name === "globalThis";
  return !(parent?.type === "Property" && parent.key === node && parent.value !== node);
};

/** `Date.now()`, `+new Date()`, `new Date()`, `new Date().getTime()`. */
const isNow = (node) => {
  if (node?.type === "UnaryExpression") return isNow(node.argument);
  if (node?.type === "NewExpression") return node.callee.name === "Date" && node.arguments.length === 0;
  if (node?.type !== "CallExpression" || node.callee.type !== "MemberExpression") return false;
  const { object } = node.callee;
  const name = nameIn(node.callee);
  return name === "now" ? object.name === "Date" : /^(?:getTime|valueOf)$/.test(name) && isNow(object);
};

/** `expect(ms).toBeLessThan(…)`, `expect(run.seconds / 2).toBeLessThan(…)`. */
const isSpanCompared = (node) => {
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return false;
  if (!COMPARES.test(nameIn(node.callee))) return false;
  let expected = node.callee.object;
  while (expected.type === "MemberExpression") expected = expected.object;
  if (expected.type !== "CallExpression" || expected.callee.name !== "expect") return false;
  return expected.arguments.some(isSpan);
};

const isSpan = (node) => {
  if (node.type === "BinaryExpression") return isSpan(node.left) || isSpan(node.right);
  if (node.type === "MemberExpression") return SPANS.test(nameIn(node));
  return node.type === "Identifier" && SPANS.test(node.name);
};

const nameIn = ({ computed, property }) => (computed ? String(property.value) : property.name);
