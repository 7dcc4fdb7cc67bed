import type { Json } from "../../protocol.ts";
import { element } from "./elements.ts";
import type { Field, Shape } from "./schema.ts";

/** A part of the form. `value` is undefined where the field is left out. */
export interface Input {
  readonly row: HTMLElement;
  readonly value: () => Json | undefined;
}

interface Control {
  readonly node: HTMLElement;
  readonly value: () => Json | undefined;
}

/** A row for a field. One that is not required is left out until it is switched on. */
export function inputFor(field: Field, initial: Json | undefined, changed: () => void): Input {
  const control = controlFor(field.shape, initial, changed, field.name);
  const isThere = field.required || initial !== undefined;
  control.node.toggleAttribute("hidden", !isThere);
  const toggle = element("input", {
    type: "checkbox",
    checked: isThere,
    "aria-label": `give ${field.name}`,
    onchange: () => {
      control.node.toggleAttribute("hidden", !toggle.checked);
      changed();
    },
  });
  const label = element(
    "label",
    {},
    field.required ? null : toggle,
    element("span", { class: "name" }, field.name),
    element(
      "span",
      { class: "hint" },
      field.required ? field.hint : `${field.hint} · optional`.replace(/^ · /, ""),
    ),
  );
  const doc = field.doc === null ? null : element("p", { class: "doc" }, field.doc);
  const row = element("div", { class: "field" }, label, doc, control.node);
  return { row, value: () => (field.required || toggle.checked ? control.value() : undefined) };
}

function controlFor(shape: Shape, initial: Json | undefined, changed: () => void, name: string): Control {
  switch (shape.kind) {
    case "choice":
      return choice(shape.values, initial, changed, name);
    case "text":
      return text(typeof initial === "string" ? initial : "", changed, name, shape.long);
    case "number":
      return numeric(initial, changed, name, shape.integer);
    case "flag":
      return flag(initial === true, changed, name);
    case "record":
      return recordFor(shape.fields, initial, changed);
    case "texts":
      return texts(Array.isArray(initial) ? initial : [], changed, name);
    case "json":
      return jsonText(initial, changed, name);
  }
}

/** The fields of a record, indented. */
export function recordFor(fields: readonly Field[], initial: Json | undefined, changed: () => void): Control {
  const given = typeof initial === "object" && initial !== null && !Array.isArray(initial) ? initial : {};
  const known = given as Readonly<Record<string, Json>>;
  const rows = fields.map((field) => [field.name, inputFor(field, known[field.name], changed)] as const);
  return {
    node: element("div", { class: "record" }, ...rows.map(([, { row }]) => row)),
    value: () =>
      Object.fromEntries(
        rows.flatMap(([name, input]) => {
          const value = input.value();
          return value === undefined ? [] : [[name, value]];
        }),
      ),
  };
}

function choice(
  values: readonly Json[],
  initial: Json | undefined,
  changed: () => void,
  name: string,
): Control {
  const shown = (value: Json) => (typeof value === "string" ? value : JSON.stringify(value));
  const options = values.map((value, at) =>
    element(
      "option",
      { value: String(at), selected: JSON.stringify(value) === JSON.stringify(initial) },
      shown(value),
    ),
  );
  const node = element("select", { "aria-label": name, onchange: changed }, ...options);
  return { node, value: () => values[Number(node.value)] };
}

function text(initial: string, changed: () => void, name: string, long: boolean): Control {
  const node = long
    ? element("textarea", { "aria-label": name, rows: "3", oninput: changed })
    : element("input", { "aria-label": name, type: "text", spellcheck: "false", oninput: changed });
  node.value = initial;
  return { node, value: () => node.value };
}

function numeric(initial: Json | undefined, changed: () => void, name: string, integer: boolean): Control {
  const node = element("input", {
    "aria-label": name,
    type: "number",
    step: integer ? "1" : "any",
    oninput: changed,
  });
  node.value = typeof initial === "number" ? String(initial) : "0";
  return { node, value: () => (node.value === "" ? undefined : Number(node.value)) };
}

function flag(initial: boolean, changed: () => void, name: string): Control {
  const node = element("select", { "aria-label": name, onchange: changed });
  node.append(element("option", { value: "false" }, "false"), element("option", { value: "true" }, "true"));
  node.value = String(initial);
  return { node, value: () => node.value === "true" };
}

/** A list of texts, one a line. */
function texts(initial: readonly Json[], changed: () => void, name: string): Control {
  const node = element("textarea", {
    "aria-label": name,
    rows: "2",
    placeholder: "one a line",
    oninput: changed,
  });
  node.value = initial.join("\n");
  return { node, value: () => node.value.split("\n").filter((line) => line !== "") };
}

/** What is no JSON yet is left out and marked. */
function jsonText(initial: Json | undefined, changed: () => void, name: string): Control {
  const parsed = (): Json | undefined => {
    try {
      return JSON.parse(node.value) as Json;
    } catch {
      return undefined;
    }
  };
  const node = element("textarea", {
    "aria-label": name,
    class: "json",
    rows: "3",
    spellcheck: "false",
    oninput: () => {
      node.toggleAttribute("aria-invalid", parsed() === undefined);
      changed();
    },
  });
  node.value = JSON.stringify(initial ?? null, null, 2);
  return { node, value: parsed };
}
