// Nothing in the repository may name one machine: no absolute path of it, no private registry host, no lock file that
// binds an install to one registry.
import { finish, ownFiles, textOf } from "./files.mjs";
import { portable } from "./portable.mjs";

const BINARY = /\.(?:png|jpe?g|gif|ico|woff2?|wasm|gz|zip)$/;
const paths = ownFiles().filter((path) => !BINARY.test(path));
finish(
  paths.flatMap((path) => portable(path, textOf(path))),
  `${paths.length} files name no machine`,
);
