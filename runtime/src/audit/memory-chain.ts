import { inTurns } from "../store/turns.ts";
import { hashedText, NOTHING } from "./chain.ts";
import type { AuditFilter, AuditHead, AuditLog, AuditNote, AuditRecord } from "./record.ts";

/** A chain of at most `keep` records in memory. What `sealed` gives must be added before it is asked again, or never. */
export function memoryChain(keep: number, sha256: (text: string) => Promise<string>) {
  const records = new Map<number, AuditRecord>();
  let head: AuditHead = NOTHING;
  /** The last record that each sink has had. */
  const had = new Map<string, number>();
  const one = inTurns();
  const first = () => head.seq - records.size + 1;

  async function sealed(notes: readonly AuditNote[]): Promise<readonly AuditRecord[]> {
    const [late] = [...had].filter(([, seq]) => head.seq + notes.length - seq > keep);
    if (late && notes.length > 0)
      throw new Error(`audit log in memory: full of what the sink \`${late[0]}\` has not had`);
    let { seq, hash: previous } = head;
    const made: AuditRecord[] = [];
    for (const note of notes) {
      // As any store gives it back: plain JSON, and nobody else's.
      const text = JSON.stringify({ ...note, seq: ++seq, previous, hash: "" });
      const record = JSON.parse(text) as AuditRecord;
      previous = await sha256(hashedText(record));
      made.push({ ...record, hash: previous });
    }
    return made;
  }

  function add(made: readonly AuditRecord[]): void {
    for (const record of made) {
      records.set(record.seq, record);
      head = { seq: record.seq, hash: record.hash };
      if (records.size > keep) records.delete(first());
    }
  }

  const deliver: AuditLog["deliver"] = (sink, limit, write) => {
    const delivery = async (): Promise<number> => {
      // A sink that is new has what is left from here on.
      const after = had.get(sink) ?? first() - 1;
      had.set(sink, after);
      const batch = matching(records, head.seq, { after, limit });
      if (batch.length > 0) await write(batch);
      had.set(sink, after + batch.length);
      return head.seq - after - batch.length;
    };
    return one(sink, delivery);
  };

  const log: Omit<AuditLog, "append"> = {
    read: async (filter) => matching(records, head.seq, filter),
    head: async () => head,
    deliver,
    behind: async (sink) => head.seq - (had.get(sink) ?? first() - 1),
  };
  return { sealed, add, log };
}

/** The records that a filter asks for; `last` is the number of the last one. */
function matching(
  records: ReadonlyMap<number, AuditRecord>,
  last: number,
  filter: AuditFilter,
): readonly AuditRecord[] {
  const { after = 0, limit = 100 } = filter;
  const found: AuditRecord[] = [];
  for (let seq = Math.max(after, last - records.size) + 1; seq <= last && found.length < limit; seq++) {
    const record = records.get(seq) as AuditRecord;
    if (isWanted(record, filter)) found.push(record);
  }
  return found;
}

const isWanted = (record: AuditRecord, { event, actor, tool, checkpoint, since }: AuditFilter): boolean =>
  (event ?? record.event) === record.event &&
  (actor === undefined || actor === record.actor?.id) &&
  (tool ?? record.tool) === record.tool &&
  (checkpoint ?? record.checkpoint) === record.checkpoint &&
  (since === undefined || record.at >= since);
