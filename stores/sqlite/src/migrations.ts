/**
 * How the database became what it is: each version's statements, in order. What has been released is never changed,
 * only added to.
 */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE agentpolicy_records (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     kind TEXT NOT NULL,
     id TEXT NOT NULL UNIQUE,
     revision INTEGER NOT NULL,
     state TEXT NOT NULL,
     actor TEXT NOT NULL,
     expires REAL NOT NULL,
     record TEXT NOT NULL,
     digest TEXT
   ) STRICT;
   CREATE INDEX agentpolicy_records_kind ON agentpolicy_records (kind, seq);
   CREATE INDEX agentpolicy_records_state ON agentpolicy_records (state, seq);
   CREATE INDEX agentpolicy_records_actor ON agentpolicy_records (actor, kind, seq);
   CREATE INDEX agentpolicy_records_expires ON agentpolicy_records (state, expires);
   CREATE TABLE agentpolicy_totals (
     key TEXT NOT NULL,
     level INTEGER NOT NULL,
     bucket INTEGER NOT NULL,
     amount REAL NOT NULL,
     PRIMARY KEY (key, level, bucket)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE agentpolicy_audit (
     seq INTEGER PRIMARY KEY,
     event TEXT NOT NULL,
     at REAL NOT NULL,
     checkpoint TEXT,
     actor TEXT,
     tool TEXT,
     record TEXT NOT NULL,
     hash TEXT NOT NULL
   ) STRICT;
   CREATE INDEX agentpolicy_audit_event ON agentpolicy_audit (event);
   CREATE INDEX agentpolicy_audit_at ON agentpolicy_audit (at);
   CREATE INDEX agentpolicy_audit_checkpoint ON agentpolicy_audit (checkpoint) WHERE checkpoint IS NOT NULL;
   CREATE INDEX agentpolicy_audit_actor ON agentpolicy_audit (actor) WHERE actor IS NOT NULL;
   CREATE INDEX agentpolicy_audit_tool ON agentpolicy_audit (tool) WHERE tool IS NOT NULL;
   CREATE TABLE agentpolicy_audit_head (
     only INTEGER PRIMARY KEY CHECK (only = 1),
     seq INTEGER NOT NULL,
     hash TEXT NOT NULL
   ) STRICT;
   CREATE TABLE agentpolicy_sinks (
     name TEXT PRIMARY KEY,
     seq INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;`,
];
