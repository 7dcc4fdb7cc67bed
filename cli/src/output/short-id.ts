/** How much of a random id is enough to tell it from others by eye. */
const ENOUGH = 12;

/**
 * Ids as lists show them: the beginning of those that chance made, longer where two of a list begin alike; all of any other.
 * Commands take beginnings, too.
 */
export const shortIds = (ids: readonly string[]): ((id: string) => string) => {
  let length = ENOUGH;
  while (new Set(ids.map((id) => id.slice(0, length))).size < new Set(ids).size) length += 4;
  return (id) => (/^[a-z]+_[0-9a-f-]{36}$/.test(id) ? id.slice(0, length) : id);
};
