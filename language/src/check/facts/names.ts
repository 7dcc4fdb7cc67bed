import { BOOLEAN, INTEGER, NUMBER } from "../../types/build.ts";
import type { Type } from "../../types/type.ts";
import { POISON } from "../expr/context.ts";
import type { NameFact } from "../facts.ts";
import { importedFile } from "../scope.ts";
import type { Declared, World } from "../world.ts";
import type { Recorder } from "./recorder.ts";
import { signatureOfItem } from "./signatures.ts";

/** What a file declares, in the order of its text. */
export const namesOf = (world: World, recorder: Recorder, path: string): readonly NameFact[] => {
  const file = world.files.get(path);
  if (file === undefined) return [];
  return [...file.names.values()].map((declared) => factOf(world, recorder, declared));
};

const factOf = (world: World, recorder: Recorder, declared: Declared): NameFact => {
  const { name, at, item } = declared;
  const base = { name, at, doc: item.doc ?? null, type: typeOf(world, recorder, declared) };
  switch (declared.kind) {
    case "let": {
      const known = world.constants.get(declared.item);
      const value = known?.state === "done" && known.value !== "poison" ? known.value.value : undefined;
      return { ...base, kind: "let", item: declared.item, value };
    }
    case "fn": {
      const signature = signatureOfItem(declared.file, declared.item, recorder);
      return { ...base, kind: "fn", item: declared.item, signature };
    }
    case "import": {
      const target = importedFile(world, declared)?.path ?? null;
      return { ...base, kind: "import", item: declared.item, path: target };
    }
    case "type":
      return { ...base, kind: "type", item: declared.item };
    case "track":
      return { ...base, kind: "track", item: declared.item };
  }
};

const FIGURES = { count: INTEGER, sum: NUMBER, seen: BOOLEAN };

const typeOf = (world: World, recorder: Recorder, declared: Declared): Type | null => {
  switch (declared.kind) {
    case "let": {
      const known = world.constants.get(declared.item);
      if (known?.state === "done" && known.value !== "poison") return known.value.type;
      return recorder.lets.get(declared.item) ?? null;
    }
    case "type": {
      const known = world.types.get(declared.item);
      return known?.state === "done" && known.value !== POISON ? known.value : null;
    }
    case "track":
      return FIGURES[declared.item.figure];
    case "fn":
      return recorder.signatures.get(declared.item)?.result ?? null;
    case "import":
      return null;
  }
};
