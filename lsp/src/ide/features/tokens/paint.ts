import { type Node, partsOf } from "../../tree/path.ts";
import {
  paintBlock,
  paintExpected,
  paintFn,
  paintPattern,
  paintRule,
  paintTrack,
  paintTypeName,
} from "./declared.ts";
import type { AnyNode, Painter } from "./painter.ts";
import { paintCall, paintMember, paintName, paintString, paintTemplate } from "./values.ts";

/** Says of each name and text in a node what it stands for: the outer node speaks before what is in it. */
export function paint(painter: Painter, node: Node): void {
  const inner = node.kind === undefined ? unnamed(painter, node) : paintNode(painter, node as AnyNode);
  for (const part of partsOf(node)) paint(inner ?? painter, part);
}

/** `key: value` in a record. */
function unnamed({ put }: Painter, node: Node & { readonly name?: Node; readonly value?: unknown }): void {
  if (node.name && node.value !== undefined) put(node.name, "property");
}

/** The node's own names. Gives what is known within it, where that differs. */
function paintNode(painter: Painter, node: AnyNode): Painter | undefined {
  const { put } = painter;
  switch (node.kind) {
    case "policy":
    case "import":
    case "tools":
      if (node.name) put(node.name, "namespace", "declaration");
      break;
    case "tool":
      // What a catalogue declares has its hints said here, and no parameters.
      if (node.parameters) put(node.name, "class", "declaration");
      else put(node.name, "class");
      break;
    case "type":
      if (node.name) put(node.name, "type", "declaration");
      break;
    case "let":
      if (node.name) put(node.name, "variable", "declaration", "readonly");
      break;
    case "risk":
      put(node.level, "enumMember");
      break;
    case "given":
      put(node.root, "variable", "readonly", "defaultLibrary");
      break;
    default:
      return paintDeclared(painter, node) ?? paintValue(painter, node);
  }
  return undefined;
}

function paintDeclared(painter: Painter, node: AnyNode): Painter | undefined {
  switch (node.kind) {
    case "fn":
      return paintFn(painter, node);
    case "field":
      painter.put(node.name, painter.field, "declaration");
      return { ...painter, field: "property" };
    case "block":
      return paintBlock(painter, node);
    case "track":
      paintTrack(painter, node);
      break;
    case "rule":
      paintRule(painter, node);
      break;
    case "named":
      paintPattern(painter, node);
      break;
    case "expect":
      paintExpected(painter, node);
      break;
    case "type-name":
      paintTypeName(painter, node);
      break;
    case "type-literal":
      if (typeof node.value === "string") painter.put(node, "enumMember");
  }
  return undefined;
}

function paintValue(painter: Painter, node: AnyNode): Painter | undefined {
  switch (node.kind) {
    case "string":
      paintString(painter, node);
      break;
    case "name":
      paintName(painter, node);
      break;
    case "member":
      paintMember(painter, node);
      break;
    case "has":
      painter.put(node.name, "property");
      break;
    case "call":
      if ("callee" in node) paintCall(painter, node);
      break;
    case "template":
      paintTemplate(painter, node);
      break;
    case "lambda":
      painter.put(node.parameter, "parameter", "declaration");
      return { ...painter, locals: new Set([...painter.locals, node.parameter.text]) };
  }
  return undefined;
}
