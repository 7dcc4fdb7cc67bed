import type { Edit } from "@agentpolicy/language";

/** Whether edits can be made at once: none touches another one's text, and no two insert at one place. */
export const compatible = (edits: readonly Edit[], more: readonly Edit[]): boolean =>
  more.every((edit) =>
    edits.every(
      (one) =>
        one.file !== edit.file ||
        edit.end < one.start ||
        one.end < edit.start ||
        (edit.start !== edit.end &&
          one.start !== one.end &&
          (edit.end <= one.start || one.end <= edit.start)),
    ),
  );
