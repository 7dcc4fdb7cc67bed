import { own } from "./misfit.ts";

// Lists come from requests: none of their own methods is called, and holes are not looked up in prototypes.

/** Whether a test holds for some item. */
export const some = (list: readonly unknown[], test: (item: unknown) => boolean): boolean => {
  for (let at = 0; at < list.length; at++) if (test(own(list, at))) return true;
  return false;
};

/** Whether a test holds for every item. */
export const every = (list: readonly unknown[], test: (item: unknown) => boolean): boolean =>
  !some(list, (item) => !test(item));

/** For how many items a test holds. */
export const count = (list: readonly unknown[], test: (item: unknown) => boolean): number => {
  let found = 0;
  for (let at = 0; at < list.length; at++) if (test(own(list, at))) found++;
  return found;
};

/** Whether a list holds a value, compared with `===`. */
export const includes = (list: readonly unknown[], value: unknown): boolean =>
  some(list, (item) => item === value);

/** Whether a list holds every value of another. */
export const includesAll = (list: readonly unknown[], values: readonly unknown[]): boolean => {
  const held = setOf(list);
  return every(values, (value) => held.has(value));
};

/** Whether a list holds some value of another. */
export const includesAny = (list: readonly unknown[], values: readonly unknown[]): boolean => {
  const held = setOf(list);
  return some(values, (value) => held.has(value));
};

/** Long lists times long lists must not take the product of their lengths. */
const setOf = (list: readonly unknown[]): Set<unknown> => {
  const set = new Set();
  for (let at = 0; at < list.length; at++) set.add(own(list, at));
  return set;
};
