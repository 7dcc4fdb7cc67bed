import { effectWords, type Span } from "@agentpolicy/language";
import type { DocumentSymbol, SymbolKind, WorkspaceSymbol } from "../model.ts";
import type { Snapshot, SnapshotFile } from "../snapshot.ts";

type Item = SnapshotFile["tree"]["items"][number];

const symbol = (
  kind: SymbolKind,
  name: string,
  { start, end }: Span,
  selection: Span | undefined,
  detail?: string,
  children: readonly DocumentSymbol[] = [],
): DocumentSymbol => ({
  name,
  kind,
  span: { start, end },
  selection: selection ? { start: selection.start, end: selection.end } : { start, end: start },
  children,
  ...(detail !== undefined && { detail }),
});

/** The outline of a file. What has no name yet is called by what it is. */
export function documentSymbols({ tree }: Pick<SnapshotFile, "tree">): readonly DocumentSymbol[] {
  const textOf = ({ start, end }: Span) => tree.text.slice(start, end).replace(/\s+/g, " ");
  return tree.items.flatMap((item) => symbolOf(item, textOf));
}

function symbolOf(item: Item, textOf: (span: Span) => string): readonly DocumentSymbol[] {
  switch (item.kind) {
    case "policy":
      return [symbol("policy", item.name?.text ?? "policy", item, item.name, item.version?.value)];
    case "import":
      return [symbol("import", item.name?.text ?? "import", item, item.name, item.path?.value)];
    case "tools": {
      const tools = item.tools.map((tool) => symbol("tool", tool.name.text, tool, tool.name));
      return [symbol("server", item.name?.text ?? "tools", item, item.name, item.from?.value, tools)];
    }
    case "shape": {
      const fields = item.fields.map((field) =>
        symbol("field", field.name.text, field, field.name, textOf(field.type)),
      );
      return [
        symbol(
          "shape",
          item.root,
          item,
          { start: item.start, end: item.start + item.root.length },
          undefined,
          fields,
        ),
      ];
    }
    case "type":
      return [symbol("type", item.name?.text ?? "type", item, item.name)];
    case "let":
      return [symbol("constant", item.name?.text ?? "let", item, item.name)];
    case "fn":
      return [symbol("function", item.name?.text ?? "fn", item, item.name)];
    case "track":
      return [symbol("track", item.name?.text ?? "track", item, item.name, item.figure)];
    case "default":
      return [
        symbol("default", "default", item, item.effect, item.effect && effectWords(item.effect.effect)),
      ];
    case "block": {
      const members = item.members.map((member) => memberSymbol(member, textOf));
      return [symbol("block", `on ${textOf(item.tools)}`, item, item.tools, undefined, members)];
    }
    case "test":
      return [symbol("test", item.name?.value || "test", item, item.name)];
    case "prove":
      return [symbol("proof", item.name?.value || "prove", item, item.name)];
    default:
      return [];
  }
}

type Member = Extract<Item, { readonly kind: "block" }>["members"][number];

function memberSymbol(member: Member, textOf: (span: Span) => string): DocumentSymbol {
  if (member.kind === "rule") {
    return symbol(
      "rule",
      member.name?.text ?? "rule",
      member,
      member.name,
      effectWords(member.effect.effect),
    );
  }
  const word = { start: member.start, end: member.start + "mask".length };
  return symbol("mask", "mask", member, word, member.paths.map(textOf).join(", "));
}

/** Whether the letters of a query stand in a name in that order. */
const fits = (name: string, query: string): boolean => {
  let at = 0;
  for (const letter of name.toLowerCase()) if (letter === query[at]) at++;
  return at === query.length;
};

/**
 * Everything that has a name in a policy, by some of its letters in their order; tools also by their whole names, as
 * `bank.pay`. Those of catalogues stand where these declare them.
 */
export function workspaceSymbols(
  { files, result }: Pick<Snapshot, "files" | "result">,
  query: string,
): readonly WorkspaceSymbol[] {
  const wanted = query.toLowerCase().replace(/\s+/g, "");
  const found: WorkspaceSymbol[] = [];
  const add = (
    file: string,
    kind: SymbolKind,
    name: string,
    { start, end }: Span,
    container?: string,
  ): void => {
    const whole =
      kind === "tool" && container !== undefined && wanted.includes(".") ? `${container}.${name}` : name;
    if (fits(whole, wanted))
      found.push({ file, name, kind, start, end, ...(container !== undefined && { container }) });
  };
  const addAll = (file: string, symbols: readonly DocumentSymbol[], container?: string): void => {
    for (const { name, kind, detail, selection, children } of symbols) {
      add(file, kind, name, selection, container);
      // What stands within a server with a catalogue says hints of tools that the catalogue declares.
      if (kind !== "server" || detail === undefined) addAll(file, children, name);
    }
  };
  for (const [path, file] of files) addAll(path, documentSymbols(file));
  for (const { tool, server, at } of result.facts.tools.values())
    if (!files.has(at.file)) add(at.file, "tool", tool, at, server ?? undefined);
  return found;
}
