import assert from 'node:assert/strict';
import type { Connection } from '../../../src/desktop/server/connection.ts';
import type { DesktopQueue } from '../../../src/desktop/server/desktop.ts';
import { createPresence } from '../../../src/desktop/server/presence.ts';
import { createQueueNews } from '../../../src/desktop/server/queue-names.ts';
import type { ServerWord } from '../../../src/desktop/protocol.ts';

const queue = (name: string): DesktopQueue => ({
  id: 'sales',
  name,
  desktopId: 'desktop',
  strategy: 'everyone',
  timeout: 30,
  agents: [],
});

describe('news of queues', () => {
  /** A page that was introduced to one queue, and what it was told since. */
  function introduced() {
    const told: (ServerWord | 'retold')[] = [];
    const deployed = { queues: [queue('Sales')] };
    const presence = createPresence();
    const news = createQueueNews({
      queues: () => deployed.queues,
      presence,
      retell: () => told.push('retold'),
    });
    const agent = { username: 'anna', name: 'Anna', role: 'agent' } as const;
    const connection = { agent, send: (word) => void told.push(word) } as Connection;
    presence.add(connection);
    assert.deepEqual(news.introduce(connection), [{ id: 'sales', name: 'Sales' }]);
    return { told, deployed, news };
  }

  it('are none for a queue that was gone only while it was deployed anew', () => {
    const { told, deployed, news } = introduced();
    deployed.queues = [];
    deployed.queues = [{ ...queue('Sales'), timeout: 60 }];
    news.tell();
    assert.deepEqual(told, []);
  });

  it('are told once to each page, with all that looks different by them', () => {
    const { told, deployed, news } = introduced();
    deployed.queues = [queue('Desk')];
    news.tell();
    news.tell();
    assert.deepEqual(told, [{ type: 'queues', queues: [{ id: 'sales', name: 'Desk' }] }, 'retold']);
  });
});
