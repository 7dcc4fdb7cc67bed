import type { Request } from "../abi/request.ts";
import type { Json } from "./copy.ts";
import { fromRequest, replaced } from "./paths.ts";

/** Paths of the request that nobody is shown, root first (`input`, not `action.input`). */
export type Masks = readonly (readonly string[])[];

export const MASK = "•••";

/**
 * What may be shown of a request, and of a text about it: what stands where masked values should be is hidden whatever it is,
 * and in the text every mention of them.
 */
export function masked(
  request: Request,
  masks: Masks,
  text?: string,
): readonly [request: Request, text: string | undefined] {
  const hidden = (value: Json): Json => {
    JSON.stringify(value, (_, leaf) => {
      // As it is, and as it stands in JSON.
      if (Object(leaf) !== leaf && leaf !== "")
        text = text?.replaceAll(leaf, MASK).replaceAll(JSON.stringify(`${leaf}`).slice(1, -1), MASK);
      return leaf;
    });
    return MASK;
  };
  const shown = masks.reduce<Json | undefined>(
    (shown, mask) => replaced(shown, fromRequest(mask), hidden, false),
    request as unknown as Json,
  );
  return [shown as unknown as Request, text];
}
