import type { Method } from "@agentpolicy/language";
import { BINDS, call, type Js, js, within } from "./js.ts";
import type { Module } from "./module.ts";

type Make = (of: Js, args: readonly Js[], module: Module) => Js;

/** A property of what a parser gave. */
const property =
  (name: string): Make =>
  (of) =>
    js(`${within(of, BINDS.primary)}.${name}`);

/** A method of a primitive string. */
const onString =
  (name: string): Make =>
  (of, args) =>
    js(`${within(of, BINDS.primary)}.${name}(${args.map((arg) => arg.code).join(", ")})`);

/** A helper for lists of the request. */
const onList =
  (name: string): Make =>
  (of, args, module) =>
    call(module.use("artifact/lists", name), [of, ...args]);

/** A function of a value parser that may refuse its argument. */
const parsed =
  (file: string, name: string): Make =>
  (of, args, module) =>
    call(module.use("artifact/faults", "need"), [call(module.use(`values/${file}`, name), [of, ...args])]);

const METHODS: Readonly<Record<Method, Make>> = {
  "string.startsWith": onString("startsWith"),
  "string.endsWith": onString("endsWith"),
  "string.contains": onString("includes"),
  "string.lower": onString("toLowerCase"),
  "string.length": (of, _args, module) => call(module.use("values/text", "codePoints"), [of]),
  "list.contains": onList("includes"),
  "list.containsAll": onList("includesAll"),
  "list.containsAny": onList("includesAny"),
  "list.item": (of, args, module) => call(module.use("artifact", "own"), [of, ...args]),
  "list.length": property("length"),
  "instant.hour": parsed("instant", "hour"),
  "instant.weekday": parsed("instant", "weekday"),
  "instant.date": parsed("instant", "date"),
  "email.local": property("local"),
  "email.domain": property("domain"),
  "url.scheme": property("scheme"),
  "url.host": property("host"),
  "url.port": property("port"),
  "url.path": property("path"),
  "url.query": property("query"),
  "url.within": parsed("url", "urlWithin"),
  "domain.within": parsed("domain", "domainWithin"),
  "path.absolute": property("absolute"),
  "path.within": parsed("path", "pathWithin"),
  "path.name": property("name"),
  "path.extension": property("extension"),
  "ip.in": parsed("ip", "ipIn"),
  "ip.private": property("private"),
  "ip.version": property("version"),
  "command.program": property("program"),
  "command.name": property("name"),
  "command.args": property("args"),
  "command.compound": property("compound"),
};

/** A built-in function of a receiver. */
export const method = (name: Method, of: Js, args: readonly Js[], module: Module): Js =>
  METHODS[name](of, args, module);
