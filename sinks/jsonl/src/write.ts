import { type FileHandle, open } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { AuditRecord, AuditSink } from "@agentpolicy/runtime";

export interface JsonLinesOptions {
  /** Whether each batch is written through to the disk before it counts as taken; true where absent. */
  readonly fsync?: boolean;
  /**
   * By which the store remembers what the file has had; `jsonl:` and the whole path where absent. Give one that names the
   * machine, too, where several machines share a store and each is to have a file with everything.
   */
  readonly name?: string;
}

const NEWLINE = 10;

/**
 * A sink that appends to a file, one record a line. The file is made where it is absent, for its owner alone (0600), and opened
 * anew for each batch: where it was moved away (rotated), the next batch begins another. A batch is one write. A last line
 * that a crash or a full disk cut off is ended first, so that it stands alone; what it was part of comes again whole.
 */
export function jsonLines(
  path: string,
  { fsync = true, name = `jsonl:${resolve(path)}` }: JsonLinesOptions = {},
): AuditSink {
  let last: Promise<unknown> = Promise.resolve();
  const write = async (records: readonly AuditRecord[]): Promise<void> => {
    const file = await open(path, "a+", 0o600);
    try {
      const { size } = await file.stat();
      const start = size > 0 && !(await endsLine(file, size)) ? "\n" : "";
      const lines = records.map((record) => `${JSON.stringify(record)}\n`);
      await writeAll(file, Buffer.from(start + lines.join("")));
      if (fsync) await file.sync();
      if (fsync && size === 0) await syncFolder(dirname(resolve(path)));
    } finally {
      await file.close();
    }
  };
  return {
    name,
    write: (records) => {
      const turn = last.then(() => write(records));
      last = turn.catch(() => {});
      return turn;
    },
  };
}

async function endsLine(file: FileHandle, size: number): Promise<boolean> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return bytesRead === 1 && buffer[0] === NEWLINE;
}

/** One write, unless the system takes only a part. */
async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
}

/** A new file is there for good once its folder is written through; where folders cannot be opened, they need not be. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r").catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close();
}
