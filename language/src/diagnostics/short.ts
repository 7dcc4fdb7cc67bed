/** Text of the author's in a headline: whole where it is short, else its beginning and `…`. Counts code points. */
export const short = (text: string, most = 30): string => {
  const characters = [...text.replaceAll(/\s+/gu, " ")];
  return characters.length <= most ? characters.join("") : `${characters.slice(0, most - 1).join("")}…`;
};
