/**
 * How the database became what it is: each version's statements, in order. What has been released is never changed,
 * only added to.
 */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE agentpolicy_checkpoints (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE,
     revision INTEGER NOT NULL,
     state TEXT NOT NULL,
     actor TEXT NOT NULL,
     expires REAL NOT NULL,
     record TEXT NOT NULL
   ) STRICT;
   CREATE INDEX agentpolicy_checkpoints_state ON agentpolicy_checkpoints (state, seq);
   CREATE INDEX agentpolicy_checkpoints_actor ON agentpolicy_checkpoints (actor, seq);
   CREATE INDEX agentpolicy_checkpoints_expires ON agentpolicy_checkpoints (state, expires);
   CREATE TABLE agentpolicy_totals (
     key TEXT NOT NULL,
     level INTEGER NOT NULL,
     bucket INTEGER NOT NULL,
     amount REAL NOT NULL,
     PRIMARY KEY (key, level, bucket)
   ) STRICT, WITHOUT ROWID;`,
];
