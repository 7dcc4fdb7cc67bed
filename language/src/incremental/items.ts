import type { Item, Name } from "../syntax/ast.ts";
import { gatherPlaces, type Movable, type Places } from "./places.ts";

/** What is known of an item by its tree alone. */
export interface ItemInfo {
  /** Tells items apart: an item that is read anew has another. */
  readonly id: number;
  readonly places: readonly Movable[];
  /** Every name that stands in it. */
  readonly mentions: ReadonlySet<string>;
  /** The names that others may mean it by, with `actor` and the like for shapes. */
  readonly declares: readonly string[];
}

export interface Items {
  readonly known: WeakMap<Item, ItemInfo>;
  next: number;
}

export const newItems = (): Items => ({ known: new WeakMap(), next: 0 });

export const infoOf = (items: Items, item: Item, seen: WeakSet<object>): ItemInfo => {
  const known = items.known.get(item);
  if (known !== undefined) return known;
  const places: Places = new Map();
  gatherPlaces(item, "", seen, places);
  const own = places.get("") ?? [];
  const info = { id: items.next, places: own, mentions: mentionsOf(own), declares: declaredBy(item) };
  items.next += 1;
  items.known.set(item, info);
  return info;
};

/** Names as they are written and, of `org.Kind`, their parts. */
const mentionsOf = (places: readonly Movable[]): ReadonlySet<string> => {
  const mentions = new Set<string>();
  for (const place of places) {
    const { text, kind } = place as Partial<Name> & { readonly kind?: string };
    if (kind !== undefined || typeof text !== "string") continue;
    mentions.add(text);
    if (text.includes(".")) for (const part of text.split(".")) mentions.add(part);
  }
  return mentions;
};

const declaredBy = (item: Item): readonly string[] => {
  switch (item.kind) {
    case "let":
    case "fn":
    case "type":
    case "track":
    case "import":
      return item.name === undefined ? [] : [item.name.text];
    case "shape":
      return [item.root];
    case "block":
      return item.members.flatMap((member) =>
        member.kind === "rule" && member.name !== undefined ? [member.name.text] : [],
      );
    default:
      return [];
  }
};
