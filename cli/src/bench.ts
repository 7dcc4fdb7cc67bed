import type { World } from "./world.ts";

/** What every command is made with. `finish` takes the exit code. */
export interface Bench {
  readonly world: World;
  /** What stood after `--`; null where there was no `--`. Only `init` and `pull` have it split off. */
  readonly server: readonly string[] | null;
  readonly finish: (code: number) => void;
}
