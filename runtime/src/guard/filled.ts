import type { Request } from "../abi/request.ts";
import type { Json } from "./copy.ts";
import { replaced } from "./paths.ts";
import type { CheckpointRecord } from "./store.ts";

/** What was asked, with what was answered or changed in its place. */
export const filled = ({ request, answer = [] }: CheckpointRecord): Request =>
  answer.reduce<Json | undefined>(
    (changed, [steps, value]) => replaced(changed, steps, () => value, true),
    request as unknown as Json,
  ) as unknown as Request;
