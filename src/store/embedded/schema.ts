/** Marks a file as ours ("WATR"), so that another program's database is never touched. */
export const applicationId = 0x57415452;

/** Raised with each entry of `migrations`; a file of a newer version is refused. */
export const schemaVersion = 5;

/** Step n brings a file from version n to n + 1. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE seen (
    account TEXT NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (account, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX seen_at ON seen (at);

  CREATE TABLE accounts (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;

  CREATE TABLE contacts (
    id TEXT PRIMARY KEY, account TEXT NOT NULL, body TEXT NOT NULL
  ) STRICT;
  CREATE TABLE aliases (
    account TEXT NOT NULL, alias TEXT NOT NULL, contact TEXT NOT NULL REFERENCES contacts (id),
    PRIMARY KEY (account, alias)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE interactions (
    id TEXT PRIMARY KEY, account TEXT NOT NULL, contact TEXT NOT NULL REFERENCES contacts (id),
    open INTEGER NOT NULL, opened_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
    closed_at INTEGER, reason TEXT, close_after INTEGER, look_at INTEGER,
    agent TEXT, agent_name TEXT, queue TEXT, queue_name TEXT
  ) STRICT;
  CREATE UNIQUE INDEX interactions_open ON interactions (account, contact) WHERE open = 1;
  CREATE INDEX interactions_last ON interactions (account, contact, opened_at);
  CREATE INDEX interactions_due ON interactions (look_at) WHERE open = 1 AND look_at IS NOT NULL;

  CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL,
    handed INTEGER NOT NULL, again INTEGER NOT NULL DEFAULT 0, crashes INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE offers (
    id TEXT PRIMARY KEY, interaction TEXT NOT NULL REFERENCES interactions (id), queue TEXT NOT NULL,
    event TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER, rejected_by TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX offers_interaction ON offers (interaction);
  CREATE INDEX offers_queue ON offers (queue, created_at);

  CREATE TABLE pages (
    id TEXT PRIMARY KEY, desktop TEXT NOT NULL, agent TEXT NOT NULL, key TEXT NOT NULL,
    repeat TEXT NOT NULL, interaction TEXT, content TEXT NOT NULL,
    created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'shown', 'missed', 'withdrawn'))
  ) STRICT;
  CREATE INDEX pages_agent ON pages (desktop, agent, state, created_at);
  CREATE INDEX pages_due ON pages (expires_at) WHERE state = 'waiting';

  CREATE TABLE quarantine (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, account TEXT NOT NULL,
    path TEXT NOT NULL, reason TEXT NOT NULL, body TEXT NOT NULL
  ) STRICT;
  `,
  `
  ALTER TABLE events ADD COLUMN account TEXT NOT NULL DEFAULT '';
  ALTER TABLE events ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE events ADD COLUMN crc INTEGER;
  UPDATE events SET account = coalesce(body ->> '$.account.id', ''), bytes = octet_length(body);

  CREATE INDEX interactions_closed ON interactions (closed_at) WHERE open = 0;

  CREATE TABLE life (
    one INTEGER PRIMARY KEY CHECK (one = 1), commits INTEGER NOT NULL, open INTEGER NOT NULL
  ) STRICT;
  INSERT INTO life VALUES (1, 0, 0);

  CREATE TABLE forwards (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, node TEXT NOT NULL,
    target TEXT NOT NULL, lane TEXT NOT NULL, request TEXT, message TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'answered', 'dead')),
    attempts INTEGER NOT NULL, next_at INTEGER NOT NULL, created_at INTEGER NOT NULL,
    code TEXT, reason TEXT, status INTEGER,
    crc INTEGER NOT NULL, request_crc INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX forwards_pending ON forwards (node, seq) WHERE state IN ('waiting', 'answered');
  CREATE INDEX forwards_node ON forwards (node, state);
  CREATE INDEX forwards_dead ON forwards (created_at) WHERE state = 'dead';
  `,
  `
  UPDATE aliases SET alias = 'u:' || alias WHERE alias NOT LIKE '+%';
  ALTER TABLE contacts ADD COLUMN window_at INTEGER;

  ALTER TABLE interactions ADD COLUMN group_id TEXT NOT NULL DEFAULT '';
  ALTER TABLE interactions ADD COLUMN incoming_at INTEGER;
  ALTER TABLE interactions ADD COLUMN variables TEXT;
  UPDATE interactions SET closed_at = last_at WHERE open = 0 AND closed_at IS NULL;
  DROP INDEX interactions_open;
  DROP INDEX interactions_last;
  CREATE UNIQUE INDEX interactions_open ON interactions (account, contact, group_id) WHERE open = 1;
  CREATE INDEX interactions_last ON interactions (account, contact, group_id, open, opened_at);

  CREATE TABLE sends (
    id TEXT PRIMARY KEY, account TEXT NOT NULL, node TEXT NOT NULL, recipient TEXT NOT NULL,
    message TEXT, state TEXT NOT NULL CHECK (state IN ('begun', 'sent', 'failed', 'unknown')),
    message_id TEXT, status TEXT, code TEXT, reason TEXT, started_at INTEGER NOT NULL,
    crc INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX sends_message ON sends (account, message_id) WHERE message_id IS NOT NULL;
  CREATE INDEX sends_started ON sends (started_at);
  `,
  `
  CREATE TABLE messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, interaction TEXT NOT NULL, account TEXT NOT NULL,
    id TEXT NOT NULL, verb TEXT NOT NULL CHECK (verb IN ('incoming', 'outgoing')),
    body TEXT NOT NULL, at INTEGER NOT NULL, kept_at INTEGER NOT NULL,
    status TEXT, error_code TEXT, error_text TEXT, crc INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX messages_interaction ON messages (interaction, seq);
  CREATE INDEX messages_ours ON messages (account, id) WHERE verb = 'outgoing';

  ALTER TABLE interactions ADD COLUMN read_seq INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX interactions_queue ON interactions (queue, agent)
    WHERE open = 1 AND queue IS NOT NULL;

  ALTER TABLE offers ADD COLUMN offered_to TEXT;
  ALTER TABLE offers ADD COLUMN offered_name TEXT;
  CREATE TABLE turns (
    queue TEXT NOT NULL, agent TEXT NOT NULL, offered_at INTEGER, accepted_at INTEGER,
    PRIMARY KEY (queue, agent)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE pages RENAME TO pages_by_agent;
  DROP INDEX pages_agent;
  DROP INDEX pages_due;
  CREATE TABLE pages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, desktop TEXT NOT NULL,
    waiting INTEGER NOT NULL CHECK (waiting IN (0, 1)), created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL, key TEXT NOT NULL, repeat TEXT NOT NULL, interaction TEXT,
    agent TEXT NOT NULL, agents TEXT NOT NULL, content TEXT NOT NULL
  ) STRICT;
  CREATE TABLE page_agents (
    page INTEGER NOT NULL REFERENCES pages (seq) ON DELETE CASCADE, desktop TEXT NOT NULL,
    agent TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('shown', 'missed', 'withdrawn')),
    PRIMARY KEY (page, agent)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO pages (seq, id, desktop, waiting, created_at, expires_at, key, repeat, interaction,
      agent, agents, content)
    SELECT rowid, id, desktop, state = 'waiting', created_at, expires_at, key, repeat, interaction,
      agent, json_array(agent), content FROM pages_by_agent ORDER BY rowid;
  INSERT INTO page_agents SELECT rowid, desktop, agent, state FROM pages_by_agent
    WHERE state <> 'waiting' ORDER BY rowid;
  DROP TABLE pages_by_agent;
  CREATE INDEX pages_waiting ON pages (desktop, agent) WHERE waiting = 1;
  CREATE INDEX pages_due ON pages (expires_at) WHERE waiting = 1;
  CREATE INDEX pages_key ON pages (desktop, key);
  CREATE INDEX pages_interaction ON pages (interaction) WHERE interaction IS NOT NULL;
  CREATE INDEX page_agents_agent ON page_agents (desktop, agent, state, page);

  ALTER TABLE offers ADD COLUMN timed_out INTEGER NOT NULL DEFAULT 0;
  `,
];
