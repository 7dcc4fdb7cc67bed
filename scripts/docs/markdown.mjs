/** A fenced block: its language, the rest of the line after it, its text, and the line of its fence (from 1). */
const FENCE = /^( {0,3})(`{3,}|~{3,})\s*([^\s`]*)[ \t]*([^`]*)$/;

/**
 * What a Markdown text holds, as far as the checks need it: fenced blocks, the lines outside them, and headings.
 *
 * @param {string} text
 */
export const readMarkdown = (text) => {
  const blocks = [];
  const prose = [];
  let open = null;
  text.split("\n").forEach((line, index) => {
    const fence = FENCE.exec(line);
    if (open === null && fence !== null) {
      open = { sign: fence[2], language: fence[3], info: fence[4].trim(), line: index + 1, lines: [] };
      return;
    }
    if (open === null) {
      prose.push({ line: index + 1, text: line });
      return;
    }
    const closes = line.trim().startsWith(open.sign) && /^[`~]+$/.test(line.trim());
    if (!closes) open.lines.push(line);
    else {
      const { lines, sign, ...block } = open;
      blocks.push({ ...block, text: `${lines.join("\n")}\n` });
      open = null;
    }
  });
  return { blocks, prose, anchors: anchorsOf(prose) };
};

/** The names under which headings can be linked to, as GitHub makes them. */
const anchorsOf = (prose) => {
  const seen = new Map();
  const anchors = new Set();
  for (const { text } of prose) {
    const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(text)?.[1];
    if (heading === undefined) continue;
    const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const slug = words.replace(/[^\p{L}\p{N}\s_-]/gu, "").replace(/\s/g, "-");
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    anchors.add(times === 0 ? slug : `${slug}-${times}`);
  }
  return anchors;
};

/** Every link of the prose, with its line; code spans are no links. */
export const linksOf = (prose) =>
  prose.flatMap(({ line, text }) => {
    const plain = text.replace(/`[^`]*`/g, (span) => " ".repeat(span.length));
    const inline = [...plain.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
    const definitions = [...plain.matchAll(/^\s{0,3}\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)/g)];
    return [...inline, ...definitions].map((match) => ({ line, target: match[1] }));
  });

/** Every command line: code spans that hold a command, and lines of shell blocks, with their lines. */
export const commandsOf = ({ blocks, prose }) => {
  const spans = prose.flatMap(({ line, text }) =>
    [...text.matchAll(/`([^`]+)`/g)].map((match) => ({ line, command: match[1].trim() })),
  );
  const shell = blocks
    .filter(({ language }) => /^(?:sh|bash|shell|console|text|)$/.test(language))
    .flatMap((block) =>
      block.text
        .replace(/\s*\\\n\s*/g, " ")
        .split("\n")
        .map((text, index) => ({
          line: block.line + 1 + index,
          command: text.replace(/^\s*\$\s+/, "").trim(),
        })),
    );
  return [...spans, ...shell];
};
