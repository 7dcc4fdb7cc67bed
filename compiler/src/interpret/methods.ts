import type { Method } from "@agentpolicy/language";
import { domainWithin } from "@agentpolicy/runtime/values/domain";
import { date, hour, weekday } from "@agentpolicy/runtime/values/instant";
import { type Ip, ipIn } from "@agentpolicy/runtime/values/ip";
import { type Path, pathWithin } from "@agentpolicy/runtime/values/path";
import { codePoints } from "@agentpolicy/runtime/values/text";
import { type Url, urlWithin } from "@agentpolicy/runtime/values/url";
import { FAULT, given, gives, type Outcome, UNREADABLE } from "./outcome.ts";
import { kindOf, readElement, readField, readLength } from "./read.ts";

/** What a method gives for a receiver and arguments of any kind: a fault where they are of the wrong one. */
export function callMethod(method: Method, of: unknown, args: readonly unknown[]): Outcome {
  const [type, name] = method.split(".") as [string, string];
  switch (type) {
    case "string":
      return typeof of === "string" ? callString(name, of, args) : FAULT;
    case "list":
      return callList(name, of, args);
    case "instant":
      return typeof of === "number" ? callInstant(name, of, args[0]) : FAULT;
    case "domain":
      return typeof of === "string" && typeof args[0] === "string" ? given(domainWithin(of, args[0])) : FAULT;
    default:
      if (args.length === 0) return given(readValue(of, name));
      return kindOf(of) === "record" && typeof args[0] === "string" ? callWithin(method, of, args[0]) : FAULT;
  }
}

/** A property of what a parser gave; all of them are there. */
function readValue(of: unknown, name: string): unknown {
  const field = readField(of, name);
  return field.kind === "value" ? field.value : null;
}

function callWithin(method: Method, of: unknown, base: string): Outcome {
  switch (method) {
    case "url.within":
      return given(urlWithin(of as Url, base));
    case "path.within":
      return given(pathWithin(of as Path, base));
    case "ip.in":
      return given(ipIn(of as Ip, base));
    default:
      return FAULT;
  }
}

function callString(name: string, of: string, [arg]: readonly unknown[]): Outcome {
  if (name === "lower") return gives(of.toLowerCase());
  if (name === "length") return gives(codePoints(of));
  if (typeof arg !== "string") return FAULT;
  switch (name) {
    case "startsWith":
      return gives(of.startsWith(arg));
    case "endsWith":
      return gives(of.endsWith(arg));
    case "contains":
      return gives(of.includes(arg));
    default:
      return FAULT;
  }
}

function callInstant(name: string, of: number, zone: unknown): Outcome {
  if (zone !== undefined && typeof zone !== "string") return FAULT;
  switch (name) {
    case "hour":
      return given(hour(of, zone));
    case "weekday":
      return given(weekday(of, zone));
    case "date":
      return given(date(of, zone));
    default:
      return FAULT;
  }
}

function callList(name: string, of: unknown, [arg]: readonly unknown[]): Outcome {
  if (name === "length" && kindOf(of) === "list") return readLength(of as readonly unknown[]);
  if (name === "item" && kindOf(of) === "list") return readElement(of as readonly unknown[], arg as number);
  const list = elementsOf(of);
  if (!Array.isArray(list)) return list as Outcome;
  if (name === "contains") return gives(list.some((element) => samePrimitive(element, arg)));
  const wanted = elementsOf(arg);
  if (!Array.isArray(wanted)) return wanted as Outcome;
  const isThere = (value: unknown): boolean => list.some((element) => samePrimitive(element, value));
  return gives(name === "containsAll" ? wanted.every(isThere) : wanted.some(isThere));
}

/** Kinds never mix, and what is not a primitive is the same as nothing. */
function samePrimitive(a: unknown, b: unknown): boolean {
  return a === b && kindOf(a) !== "list" && kindOf(a) !== "record";
}

function elementsOf(of: unknown): readonly unknown[] | Outcome {
  const kind = kindOf(of);
  if (kind !== "list") return kind === "unreadable" ? UNREADABLE : FAULT;
  const list = of as readonly unknown[];
  const length = readLength(list);
  if (length.kind !== "value") return length;
  const elements: unknown[] = [];
  for (let i = 0; i < (length.value as number); i++) {
    const element = readElement(list, i);
    if (element.kind === "unreadable") return element;
    elements.push(element.kind === "value" ? element.value : undefined);
  }
  return elements;
}
