import type { Signature } from "../../../src/ide/model.ts";

/** The signature with its active parameter in brackets, and what is said of it and of that. */
export function shownSignature(signature: Signature | null): readonly string[] {
  if (signature === null) return ["nothing"];
  const { label, parameters, active, doc } = signature;
  const parameter = parameters[active];
  const marked = parameter
    ? `${label.slice(0, parameter.label.start)}[${label.slice(parameter.label.start, parameter.label.end)}]${label.slice(parameter.label.end)}`
    : `${label} (argument ${active + 1})`;
  return [
    marked,
    ...(doc === undefined ? [] : [doc]),
    ...(parameter?.doc === undefined ? [] : [parameter.doc]),
  ];
}
