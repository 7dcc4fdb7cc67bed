import { existsSync, readdirSync, readFileSync } from "node:fs";

/** A fenced block: its language, the file name after it where there is one, and its text. */
export interface Block {
  readonly language: string;
  readonly title: string | null;
  readonly text: string;
}

/** What stands under one `##` heading; `heading` is empty for what stands before the first. */
export interface Section {
  readonly heading: string;
  readonly blocks: readonly Block[];
}

/** The sections of a Markdown file with their fenced blocks. */
export const sectionsOf = (markdown: string): readonly Section[] => {
  const sections: { heading: string; blocks: Block[] }[] = [{ heading: "", blocks: [] }];
  let open: { fence: string; language: string; title: string | null; lines: string[] } | null = null;
  for (const line of markdown.split(/\r?\n/)) {
    const fence = /^(`{3,})(\S*)\s*(.*)$/.exec(line);
    if (open !== null) {
      if (fence !== null && fence[1] === open.fence && fence[2] === "") {
        const { language, title, lines } = open;
        sections.at(-1)?.blocks.push({ language, title, text: lines.map((text) => `${text}\n`).join("") });
        open = null;
      } else open.lines.push(line);
    } else if (fence !== null) {
      open = { fence: fence[1]!, language: fence[2]!, title: fence[3] === "" ? null : fence[3]!, lines: [] };
    } else if (line.startsWith("## ")) {
      sections.push({ heading: line.slice(3).trim(), blocks: [] });
    }
  }
  return sections;
};

/** The Markdown files of a folder of this package, by name without its ending. */
export const markdownFiles = (folder: string): ReadonlyMap<string, string> => {
  const at = new URL(`../${folder}/`, import.meta.url);
  const names = existsSync(at) ? readdirSync(at).filter((name) => name.endsWith(".md")) : [];
  return new Map(
    names.sort().map((name) => [name.slice(0, -3), readFileSync(new URL(name, at), "utf8")] as const),
  );
};

/** What a block of a policy and the files beside it are: the policy is the block without a title. */
export const programIn = (
  blocks: readonly Block[],
): { readonly policies: readonly string[]; readonly files: Readonly<Record<string, string>> } => ({
  policies: blocks
    .filter(({ language, title }) => language === "agentpolicy" && title === null)
    .map(({ text }) => text),
  files: Object.fromEntries(
    blocks.flatMap(({ title, text }) => (title === null ? [] : [[title, text] as const])),
  ),
});
