// No test asserts how long something takes (CONTRIBUTING.md): it would fail on a slow machine though nothing is wrong.
import { finish, ownFiles, textOf } from "./files.mjs";
import { timings } from "./timings.mjs";

const paths = ownFiles().filter((path) => /^(?:.+\/)?test\/.*\.m?ts$|^(?:.+\/)?test\/.*\.m?js$/.test(path));
finish(
  paths.flatMap((path) => timings(path, textOf(path))),
  `${paths.length} files of tests measure no time`,
);
