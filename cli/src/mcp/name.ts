/**
 * A short name for a server, as policies use it: `filesystem` for `@modelcontextprotocol/server-filesystem`,
 * `secure-filesystem-server` or `filesystem.tools.json`. A name of the language, whatever the text is.
 */
export const serverName = (text: string): string => {
  const last =
    text
      .replace(/[/\\]+$/, "")
      .split(/[/\\]/)
      .at(-1) ?? "";
  const bare = last.replace(/(?:\.tools)?\.json$/i, "").replace(/@[\w.-]+$/, "");
  const words = bare
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "" && !FILLER.has(word.toLowerCase()));
  const name = words
    .join("-")
    .replace(/[^A-Za-z0-9-]/g, "")
    .toLowerCase()
    .replace(/^[\d-]+|-+$/g, "");
  return name === "" ? "server" : name;
};

/** Words that say only that a server is one. */
const FILLER = new Set(["mcp", "server", "secure", "modelcontextprotocol", "tools"]);
