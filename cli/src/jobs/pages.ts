import type { RecordFilter } from "@agentpolicy/runtime";
import { type Mistake, mistake } from "../result.ts";

/** How many records are read at once. */
const AT_ONCE = 500;
/** Shorter beginnings than this are no sign of meaning one record. */
const SHORTEST = 4;

interface Named {
  readonly id: string;
}

type List<T> = (filter: RecordFilter) => Promise<readonly T[]>;

/** All that a filter lets through, oldest first, read page by page. */
export async function* allOf<T extends Named>(list: List<T>, filter: RecordFilter): AsyncGenerator<T> {
  let after = filter.after;
  for (;;) {
    const some = await list({ ...filter, limit: AT_ONCE, ...(after === undefined ? {} : { after }) });
    yield* some;
    after = some.at(-1)?.id;
    if (after === undefined || some.length < AT_ONCE) return;
  }
}

/** The first `limit` of those that are `wanted`, and after which to go on; null where there are no more. */
export const page = async <T extends Named>(
  list: List<T>,
  filter: RecordFilter,
  wanted: (one: T) => boolean,
  limit: number,
): Promise<{ readonly found: readonly T[]; readonly next: string | null }> => {
  const found: T[] = [];
  for await (const one of allOf(list, filter)) {
    if (!wanted(one)) continue;
    if (found.length === limit) return { found, next: found.at(-1)?.id ?? null };
    found.push(one);
  }
  return { found, next: null };
};

/**
 * The id that somebody means: the whole of one, or a beginning that is of one only. Looked through is what the first of
 * `filters` lets through, then the next: what can still be used comes before what is kept from long ago. What is of none
 * is given back as it is.
 */
export const idOf = async <T extends Named>(
  { get, list }: { readonly get: (id: string) => Promise<T | undefined>; readonly list: List<T> },
  typed: string,
  filters: readonly (readonly RecordFilter[])[],
): Promise<{ readonly id: string } | Mistake> => {
  if (typed.replace(/^[a-z]+_/, "").length < SHORTEST || (await get(typed)) !== undefined)
    return { id: typed };
  for (const together of filters) {
    const found = new Set<string>();
    for (const filter of together)
      for await (const { id } of allOf(list, filter)) if (id.startsWith(typed)) found.add(id);
    const [id, ...others] = found;
    if (others.length > 0) {
      const some = [...found].slice(0, 5).join(", ");
      return mistake(`${found.size} ids begin with \`${typed}\``, found.size > 5 ? `${some}, …` : some);
    }
    if (id !== undefined) return { id };
  }
  return { id: typed };
};
