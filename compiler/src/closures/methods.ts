import type { Method } from "@agentpolicy/language";
import { domainWithin } from "@agentpolicy/runtime/values/domain";
import { date, hour, weekday } from "@agentpolicy/runtime/values/instant";
import { type Ip, ipIn } from "@agentpolicy/runtime/values/ip";
import { type Path, pathWithin } from "@agentpolicy/runtime/values/path";
import { codePoints } from "@agentpolicy/runtime/values/text";
import { type Url, urlWithin } from "@agentpolicy/runtime/values/url";
import { fault, isRecord, need, own, type Run } from "./frame.ts";
import { isAmong } from "./operators.ts";

type Call = (of: unknown, arg: unknown) => unknown;

/** A method of a receiver, its argument (all methods take at most one) and its faults. */
export function compileMethod(method: Method, of: Run, [arg]: readonly Run[]): Run {
  const call = callOf(method, arg !== undefined);
  return arg === undefined
    ? (frame) => call(of(frame), undefined)
    : (frame) => {
        const receiver = of(frame);
        return call(receiver, arg(frame));
      };
}

function callOf(method: Method, hasArgument: boolean): Call {
  switch (method) {
    case "string.lower":
      return text((of) => of.toLowerCase());
    case "string.length":
      return text(codePoints);
    case "string.startsWith":
      return texts((of, start) => of.startsWith(start));
    case "string.endsWith":
      return texts((of, end) => of.endsWith(end));
    case "string.contains":
      return texts((of, part) => of.includes(part));
    case "list.length":
      return (of) => listOf(of).length;
    case "list.item":
      return (of, index) => own(listOf(of), String(index));
    case "list.contains":
      return (of, value) => isAmong(listOf(of), value === undefined ? fault() : value);
    case "list.containsAll":
      return (of, values) => listOf(values).every(among(listOf(of)));
    case "list.containsAny":
      return (of, values) => listOf(values).some(among(listOf(of)));
    case "instant.hour":
      return instant(hour, hasArgument);
    case "instant.weekday":
      return instant(weekday, hasArgument);
    case "instant.date":
      return instant(date, hasArgument);
    case "domain.within":
      return texts((of, base) => need(domainWithin(of, base)));
    case "url.within":
      return within((of, base) => urlWithin(of as Url, base));
    case "path.within":
      return within((of, base) => pathWithin(of as Path, base));
    case "ip.in":
      return within((of, block) => ipIn(of as Ip, block));
    default: {
      const property = method.slice(method.indexOf(".") + 1);
      return (of) => (isRecord(of) ? need(own(of, property)) : fault());
    }
  }
}

function text(then: (of: string) => unknown): Call {
  return (of) => (typeof of === "string" ? then(of) : fault());
}

function texts(then: (of: string, arg: string) => unknown): Call {
  return (of, arg) => (typeof of === "string" && typeof arg === "string" ? then(of, arg) : fault());
}

function within(then: (of: object, base: string) => boolean | null): Call {
  return (of, base) => (isRecord(of) && typeof base === "string" ? need(then(of, base)) : fault());
}

function instant(then: (ms: number, zone?: string) => unknown, hasZone: boolean): Call {
  return (of, zone) => {
    if (typeof of !== "number" || (hasZone && typeof zone !== "string")) return fault();
    return need(then(of, zone as string | undefined));
  };
}

function among(list: readonly unknown[]): (value: unknown) => boolean {
  return (value) => isAmong(list, value);
}

function listOf(of: unknown): readonly unknown[] {
  return Array.isArray(of) ? of : fault();
}
