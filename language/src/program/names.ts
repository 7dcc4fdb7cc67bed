const EXTENSION = ".agentpolicy";
const TEST_EXTENSION = ".test.agentpolicy";

/** The file's name less its folder and `.agentpolicy`: what the policy is called where no header says. */
export const policyNameOf = (path: string): string => {
  const file = fileName(path);
  if (file.endsWith(TEST_EXTENSION)) return file.slice(0, -TEST_EXTENSION.length);
  return file.endsWith(EXTENSION) ? file.slice(0, -EXTENSION.length) : file;
};

/** Whether the file holds tests of the policy beside it. */
export const isTestFile = (path: string): boolean => fileName(path).endsWith(TEST_EXTENSION);

/**
 * Where the policy of a test file may be, likeliest first: `pay.limits.test.agentpolicy` belongs to
 * `pay.limits.agentpolicy` or, where there is none, to `pay.agentpolicy`.
 */
export const policiesOfTestFile = (path: string): readonly string[] => {
  const folder = path.slice(0, path.length - fileName(path).length);
  const parts = policyNameOf(path).split(".");
  return parts.map((_, at) => `${folder}${parts.slice(0, parts.length - at).join(".")}${EXTENSION}`);
};

const fileName = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
