/** A Markdown table: the first column to the left, the others to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, column) => (column === 0 ? "---" : "--:"));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}

/** A number with three digits that count; thousands as such. */
export const shown = (value: number): string =>
  value >= 1000
    ? Math.round(value)
        .toString()
        .replace(/\B(?=(\d{3})+$)/g, ",")
    : String(Number(value.toPrecision(3)));

/** Puts `text` between the markers of a section, in place of what is there. Throws where the markers are not. */
export function withSection(document: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`the report has no section \`${name}\``);
  return `${document.slice(0, from + begin.length)}\n${text}\n${document.slice(to)}`;
}
