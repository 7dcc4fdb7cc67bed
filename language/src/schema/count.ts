import { numberAt, type Place, type Reading } from "./reading.ts";

/** A length or a count: a fraction is taken to the side that its bound allows. */
export const countAt = (
  reading: Reading,
  place: Place,
  name: string,
  round: (n: number) => number,
): number | undefined => {
  const count = numberAt(reading, place, name);
  return count === undefined ? undefined : round(count);
};
