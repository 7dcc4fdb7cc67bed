import { statfsSync } from "node:fs";
import { cpus, totalmem } from "node:os";

/** The kind of machine that something was measured on. Nothing that tells one from others of its kind. */
export interface Machine {
  readonly cpus: number;
  readonly model: string;
  readonly memoryGiB: number;
  readonly platform: string;
  readonly node: string;
}

export const thisMachine = (): Machine => ({
  cpus: cpus().length,
  model: (cpus()[0]?.model ?? "unknown").trim(),
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  platform: `${process.platform} ${process.arch}`,
  node: process.versions.node,
});

export const machineSaid = ({ cpus, model, memoryGiB, platform, node }: Machine): string =>
  `${cpus} ${cpus === 1 ? "CPU" : "CPUs"} (${model}), ${memoryGiB} GiB, ${platform}, Node ${node}`;

/** The file system type of Linux's tmpfs. */
const TMPFS = 0x01021994;

/** Whether a folder is in memory only, where writing through costs nothing. */
export const isInMemory = (folder: string): boolean =>
  process.platform === "linux" && statfsSync(folder).type === TMPFS;
