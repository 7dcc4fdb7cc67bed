import type { NameFact, Parameter } from "@agentpolicy/language";
import type { CompletionKind } from "../../../model.ts";
import type { Cursor } from "../cursor.ts";
import { inputsAt } from "../typing/scope.ts";
import { access, viewsOf } from "./fields.ts";
import { docOf, type Offer, offer, typeText } from "./offer.ts";
import { hole } from "./snippet.ts";

const KINDS: Readonly<Record<NameFact["kind"], CompletionKind>> = {
  let: "constant",
  fn: "function",
  type: "type",
  track: "track",
  import: "import",
};

/** A declared name, `prefix` where it is that of an import; a function with its parameters to fill in. */
export const nameOffer = (cursor: Cursor, fact: NameFact, band: number, prefix = ""): Offer => {
  const { doc } = fact;
  const name = `${prefix}${fact.name}`;
  const about = docOf(doc ?? undefined);
  if (fact.kind === "fn") {
    const { parameters, result } = fact.signature;
    const list = parameters.map(
      (parameter) => `${parameter.name}${parameter.type === null ? "" : `: ${typeText(parameter.type)}`}`,
    );
    const isCalled = cursor.following.startsWith("(");
    return offer("function", `${name}(${parameters.map((parameter) => parameter.name).join(", ")})`, {
      insert: isCalled ? name : `${name}(${argumentsFor(cursor, parameters)})`,
      snippet: !isCalled && parameters.length > 0,
      filter: name,
      detail: `(${list.join(", ")})${result === null ? "" : ` = ${typeText(result)}`}`,
      band,
      ...about,
    });
  }
  const detail = fact.kind === "import" ? fact.path : fact.type === null ? null : typeText(fact.type);
  return offer(KINDS[fact.kind], name, { band, ...(detail !== null && { detail }), ...about });
};

/** `${1:input.to}`: an argument of the tool that is called as the parameter is, else the parameter's name. */
const argumentsFor = (cursor: Cursor, parameters: readonly Parameter[]): string => {
  const views = viewsOf(inputsAt(cursor));
  return parameters
    .map(({ name }, at) => {
      const view = views.find(
        (other) => other.name === name && other.among[0] === other.among[1] && !other.optional,
      );
      return hole(at + 1, view === undefined ? name : access("input", name));
    })
    .join(", ");
};
