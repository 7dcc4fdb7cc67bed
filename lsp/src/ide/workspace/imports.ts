import { type Host, parseFile } from "@agentpolicy/language";

interface Known {
  readonly head: string;
  readonly imports: readonly string[];
}

/** Finds what policy files import; remembers it for as long as the text up to the last import stays the same. */
export interface Imports {
  readonly of: (path: string, text: string) => readonly string[];
  readonly forget: (path: string) => void;
}

export function rememberedImports(resolve: Host["resolve"]): Imports {
  const known = new Map<string, Known>();
  return {
    of: (path, text) => {
      const head = headOf(text);
      const before = known.get(path);
      if (before?.head === head) return before.imports;
      const imports = head === "" ? [] : importsIn(head).map((written) => resolve(path, written));
      known.set(path, { head, imports });
      return imports;
    },
    forget: (path) => void known.delete(path),
  };
}

/** The text up to the end of the last line that may be an import. Nothing after it changes what is imported. */
function headOf(text: string): string {
  const last = text.lastIndexOf("import");
  if (last < 0) return "";
  const as = /^import\s*"[^"\n]*"\s*as\s*[\w-]*/.exec(text.slice(last, last + 2000));
  const end = text.indexOf("\n", last + (as?.[0].length ?? 0));
  return end < 0 ? text : text.slice(0, end);
}

const importsIn = (text: string): readonly string[] =>
  parseFile(text, "").tree.items.flatMap((item) =>
    item.kind === "import" && item.path !== undefined && item.name !== undefined ? [item.path.value] : [],
  );
