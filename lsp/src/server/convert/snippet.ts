/** The text of a snippet for clients that know none: its defaults stand, its stops are gone. */
export const plainText = (snippet: string): string =>
  snippet.replace(
    /\\([\\$}])|\$\{\d+:([^}]*)\}|\$\{\d+\|([^,|}]*)[^}]*\}|\$\{\d+\}|\$\d+/g,
    (_, escaped, named, first) => escaped ?? named ?? first ?? "",
  );
