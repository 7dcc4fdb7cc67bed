/** The names that a file binds itself, wherever in it: imports, declarations, parameters. */
export const boundNames = (program) => {
  const names = new Set();
  const bind = (pattern) => {
    if (pattern === null || pattern === undefined) return;
    if (pattern.type === "Identifier") names.add(pattern.name);
    else if (pattern.type === "ObjectPattern")
      for (const p of pattern.properties) bind(p.value ?? p.argument);
    else if (pattern.type === "ArrayPattern") for (const element of pattern.elements) bind(element);
    else if (pattern.type === "AssignmentPattern") bind(pattern.left);
    else if (pattern.type === "RestElement") bind(pattern.argument);
  };
  walk(program, (node) => {
    if (/^Import\w*Specifier$/.test(node.type)) bind(node.local);
    if (node.type === "VariableDeclarator") bind(node.id);
    if (node.type === "ClassDeclaration") bind(node.id);
    if (/Function/.test(node.type) && Array.isArray(node.params)) {
      bind(node.id);
      for (const parameter of node.params) bind(parameter);
    }
    if (node.type === "CatchClause") bind(node.param);
  });
  return names;
};

/** Calls `visit` with every node and its parent, outermost first. */
export const walk = (node, visit, parent = null) => {
  visit(node, parent);
  for (const [key, value] of Object.entries(node)) {
    if (key === "parent") continue;
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child !== null && typeof child === "object" && typeof child.type === "string") {
        walk(child, visit, node);
      }
    }
  }
};

/** Whether an identifier node stands for a value, and not for a property, a key or a type. */
export const isValue = (node, parent) => {
  if (node.type !== "Identifier" || parent === null) return false;
  if (parent.type.startsWith("TS") && !/^TS(As|Satisfies|NonNull|Instantiation)/.test(parent.type))
    return false;
  if (parent.type === "MemberExpression") return parent.object === node || parent.computed;
  if (parent.type === "Property") return parent.value === node || parent.computed;
  return !/^(Import|Export)\w*Specifier$|^MethodDefinition$|^PropertyDefinition$|^LabeledStatement$|^MetaProperty$/.test(
    parent.type,
  );
};
