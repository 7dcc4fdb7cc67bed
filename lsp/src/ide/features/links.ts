import type { DocumentLink } from "../model.ts";
import type { Snapshot } from "../snapshot.ts";
import { nodesOf } from "../tree/path.ts";

interface Named {
  readonly kind?: string;
  readonly path?: { readonly value: string; readonly start: number; readonly end: number };
  readonly from?: { readonly value: string; readonly start: number; readonly end: number };
}

/** The files that a file names: imports, catalogues and data. */
export function documentLinks({ files, program }: Snapshot, path: string): readonly DocumentLink[] {
  const file = files.get(path);
  if (!file) return [];
  return [...nodesOf(file.tree)].flatMap((node) => {
    const { kind, path: imported, from } = node as Named;
    const named = kind === "import" ? imported : kind === "tools" || kind === "let" ? from : undefined;
    if (!named?.value) return [];
    const span = { start: named.start + 1, end: Math.max(named.end - 1, named.start + 1) };
    return [{ span, file: program.host.resolve(path, named.value) }];
  });
}
