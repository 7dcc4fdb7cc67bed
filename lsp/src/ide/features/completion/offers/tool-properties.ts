import { FITTING, type Offer, offer, USUAL } from "./offer.ts";

const PROPERTIES = {
  destructive: "Whether it may destroy something. Where its server says nothing: yes.",
  readOnly: "Whether it changes nothing. Where its server says nothing: no.",
  idempotent: "Whether calling it again with the same input changes nothing more.",
  openWorld: "Whether it deals with what lies outside, such as the web. Where its server says nothing: yes.",
  server: "The server's name; null for a tool of no server.",
  name: "The whole name: `server.tool`.",
  title: "The title that its server gives it, or null.",
} as const;

/** What can be read of `tool`. */
export const propertyOffers = (): readonly Offer[] =>
  Object.entries(PROPERTIES).map(([name, doc]) => {
    const isFlag = !["server", "name", "title"].includes(name);
    return offer("field", name, {
      detail: isFlag ? "boolean" : name === "name" ? "string" : "string | null",
      doc,
      band: isFlag ? FITTING : USUAL,
    });
  });

/** `tool.destructive` and the rest as whole paths. */
export const propertyPaths = (band: number): readonly Offer[] =>
  propertyOffers().map((property) => ({
    ...property,
    label: `tool.${property.label}`,
    insert: `tool.${property.insert}`,
    band: property.band === FITTING ? band : band + 1,
  }));

const HINTS = {
  "read-only": "The tool changes nothing.",
  destructive: "The tool may destroy something.",
  idempotent: "Calling it again with the same input changes nothing more.",
  "open-world": "The tool deals with what lies outside, such as the web.",
} as const;

/** Hints after a tool's declaration. `written` are those that stand there already. */
export const hintOffers = (written: readonly string[]): readonly Offer[] =>
  Object.entries(HINTS)
    .filter(([name]) => !written.includes(`@${name}`))
    .map(([name, doc]) => offer("keyword", `@${name}`, { doc, band: USUAL }));
