import type { Ask } from "../scene.ts";
import { BESIDE } from "./beside.ts";
import { CHANGES } from "./changes.ts";
import { NAMES } from "./names.ts";
import { TREE } from "./tree.ts";
import { WORDS } from "./words.ts";

/** Every feature that has scenarios, by the name of their folder. */
export const FEATURES: Readonly<Record<string, Ask>> = { ...TREE, ...NAMES, ...WORDS, ...BESIDE, ...CHANGES };
