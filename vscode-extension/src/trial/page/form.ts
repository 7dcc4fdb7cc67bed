import type { CallForm, Json } from "../../protocol.ts";
import { element } from "./elements.ts";
import { recordFor } from "./fields.ts";
import { type Field, fieldsOf } from "./schema.ts";

/** A form for a request. */
export interface Form {
  readonly node: HTMLElement;
  readonly request: () => Json;
  readonly figures: () => Readonly<Record<string, number>>;
}

interface Part {
  readonly node: HTMLElement;
  readonly value: () => Json | undefined;
}

/** The input of the tool first, then what the host passes beside it, then what tracks say. */
export function formFor({ input, roots, tracks, request, doc }: CallForm, changed: () => void): Form {
  const action = request.action as { readonly name: string; readonly input: Json };
  const given = partFor("input", fieldsOf(input), action.input, changed, true);
  const beside = Object.entries(roots).flatMap(([name, schema]): (readonly [string, Part])[] => {
    const fields = fieldsOf(schema);
    const initial = request[name];
    return fields.length === 0
      ? []
      : [[name, partFor(name, fields, initial, changed, name === "actor" || initial !== undefined)]];
  });
  const figures = tracks.length === 0 ? null : partFor("tracks", tracks.map(trackField), {}, changed, true);
  return {
    node: element(
      "div",
      { class: "parts" },
      doc === null ? null : element("p", { class: "doc" }, doc),
      given.node,
      ...beside.map(([, { node }]) => node),
      figures?.node ?? null,
    ),
    request: () => ({
      ...request,
      ...Object.fromEntries(beside.flatMap(([name, part]) => withValue(name, part))),
      action: { name: action.name, input: given.value() ?? {} },
    }),
    figures: () => (figures?.value() ?? {}) as Readonly<Record<string, number>>,
  };
}

const withValue = (name: string, { value }: Part): readonly (readonly [string, Json])[] => {
  const now = value();
  return now === undefined || (name !== "actor" && Object.keys(now as object).length === 0)
    ? []
    : [[name, now]];
};

/** Tracks are given where they are not to say what they say before the first call. */
const trackField = (name: string): Field => ({
  name,
  required: false,
  doc: null,
  hint: "as if",
  shape: { kind: "number", integer: false },
});

function partFor(
  name: string,
  fields: readonly Field[],
  initial: Json | undefined,
  changed: () => void,
  isOpen: boolean,
): Part {
  const { node, value } = recordFor(fields, initial, changed);
  const body = fields.length === 0 ? element("p", { class: "hint" }, "takes nothing") : node;
  return { node: element("details", { open: isOpen }, element("summary", {}, name), body), value };
}
