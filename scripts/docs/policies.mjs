/** Paths of the files that a document gives beside its policies: blocks with a name after the language. */
const filesOf = (blocks) =>
  Object.fromEntries(
    blocks
      .filter(({ info }) => /^[\w./-]+\.\w+$/.test(info))
      .map(({ info, text }) => [info.replace(/^\.\//, ""), text]),
  );

/** A block with one of these words after `agentpolicy` is not a whole policy on purpose. */
const MARKS = /\b(?:fragment|wrong)\b/;

/**
 * The errors in the policies of a document.
 *
 * @param {{ language: string, info: string, line: number, text: string }[]} blocks
 * @param {(text: string, options: object) => { diagnostics: { severity: string, code: string, message: string }[] }} checkText
 * @returns {{ line: number, message: string }[]}
 */
export const wrongPolicies = (blocks, checkText) => {
  const files = filesOf(blocks);
  return blocks
    .filter(({ language, info }) => language === "agentpolicy" && !MARKS.test(info))
    .flatMap(({ info, line, text }) => {
      const path = /^[\w./-]+$/.test(info) && info !== "" ? info : "policy.agentpolicy";
      const { diagnostics } = checkText(text, { path, files });
      return diagnostics
        .filter(({ severity }) => severity === "error")
        .map(({ code, message }) => ({ line, message: `the policy does not compile: ${code}: ${message}` }));
    });
};
