/** "WATL": says that a SQLite file is a trigger log. */
export const applicationId = 0x5741544c;

/** Each brings a file from the version before to its own. */
export const migrations: readonly string[] = [
  `CREATE TABLE event (
     id TEXT NOT NULL UNIQUE,
     at INTEGER NOT NULL,
     name TEXT NOT NULL,
     account TEXT NOT NULL,
     phone TEXT NOT NULL,
     interaction TEXT NOT NULL,
     outcome TEXT NOT NULL,
     nodes TEXT NOT NULL,
     words TEXT NOT NULL,
     summary TEXT NOT NULL,
     event TEXT,
     variables TEXT NOT NULL,
     masked TEXT NOT NULL,
     steps TEXT NOT NULL
   );
   CREATE INDEX event_at ON event (at, id);
   CREATE TABLE skipped (minute INTEGER PRIMARY KEY, count INTEGER NOT NULL)`,
];
