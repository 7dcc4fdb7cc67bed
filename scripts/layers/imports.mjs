import { walk } from "./names.mjs";

/** Every module that a parsed file asks for, in whatever form, as `{ specifier, offset }`; null where it is computed. */
export const importsOf = (parsed) => {
  const found = [];
  const add = (source, node) =>
    found.push({ specifier: source?.type === "Literal" ? source.value : null, offset: node.start });
  walk(parsed.program, (node) => {
    const declaration = /^(Import|ExportNamed|ExportAll)Declaration$/.test(node.type);
    if (declaration && node.source) add(node.source, node);
    if (node.type === "ImportExpression" || node.type === "TSImportType") add(node.source, node);
    if (node.type === "TSExternalModuleReference") add(node.expression, node);
  });
  return found;
};
