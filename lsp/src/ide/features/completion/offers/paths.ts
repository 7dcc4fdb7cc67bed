import type { Type } from "@agentpolicy/language";
import type { Cursor } from "../cursor.ts";
import { inputsAt } from "../typing/scope.ts";
import { access, type FieldView, fieldDetail, viewsOf } from "./fields.ts";
import { docOf, FITTING, fieldDoc, NEEDED, type Offer, offer, POSSIBLE, SELDOM, USUAL } from "./offer.ts";

const OTHERS = ["context", "resource", "actor", "session", "model"] as const;

/** Places in the request, after `mask` and `needs`. */
export const requestPathOffers = (cursor: Cursor, of: "mask" | "needs"): readonly Offer[] => {
  const { roots } = cursor.snapshot.result.facts;
  const paths = (types: readonly Type[], root: string) =>
    viewsOf(types).map((view) =>
      offer("field", access(root, view.name), {
        detail: fieldDetail(view),
        band: bandOf(of, root, view),
        ...docOf(fieldDoc(view.fields)),
      }),
    );
  return [
    ...paths(inputsAt(cursor), "input"),
    ...OTHERS.flatMap((root) => paths([roots[root]], root)),
    ...["input", ...OTHERS].map((root) => offer("root", root, { band: SELDOM })),
  ];
};

/** What must be there cannot be asked for; what is shown to nobody is mostly an argument. */
const bandOf = (of: "mask" | "needs", root: string, { optional, among: [some, all] }: FieldView): number => {
  if (of === "mask")
    return root === "input" ? NEEDED : root === "session" || root === "model" ? POSSIBLE : USUAL;
  if (!optional && some === all) return SELDOM;
  return root === "context" ? NEEDED : root === "session" || root === "model" ? POSSIBLE : FITTING;
};
