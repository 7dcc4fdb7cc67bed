// Who may import whom: `layers.json` says, this looks. See ARCHITECTURE.md.
import { finish, ownFiles, textOf } from "./files.mjs";
import { checkLayers } from "./layers/check.mjs";

const paths = ownFiles();
const manifests = new Map(
  paths
    .filter((path) => /^(?:[^/]+\/){0,2}package\.json$/.test(path))
    .map((path) => [path.replace(/\/?package\.json$/, ""), JSON.parse(textOf(path))]),
);
const sources = paths.filter(
  (path) => /\.(?:[cm]?ts|[cm]?js)$/.test(path) && !/(?:^|\/)goldens\//.test(path),
);
const files = new Map(sources.map((path) => [path, textOf(path)]));
finish(
  checkLayers(files, JSON.parse(textOf("layers.json")), manifests),
  `${files.size} files keep to their rooms`,
);
