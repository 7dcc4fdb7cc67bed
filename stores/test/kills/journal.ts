import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";

/** What happens outside of any store: calls that ran, and people who said yes to them, ahead or when asked. */
export type What = "ran" | "approve" | "answer" | "grant";

export interface Line {
  readonly what: What;
  /** The id of the call, or the actor that something was granted to. */
  readonly id: string;
  readonly by: string;
}

/** Writes lines: one write each, through to the disk. */
export function journalAt(path: string): (what: What, id: string, by?: string) => void {
  return (what, id, by = "") => {
    const file = openSync(path, "a");
    writeSync(file, `${what} ${id} ${by}\n`);
    fsyncSync(file);
    closeSync(file);
  };
}

export const linesOf = (path: string): readonly Line[] =>
  readFileSync(path, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [what, id = "", by = ""] = line.split(" ");
      return { what: what as What, id, by };
    });

/** Whose life something with this id belongs to. */
export const lifeOf = (id: string): string => id.replace(/\/.*/, "");
