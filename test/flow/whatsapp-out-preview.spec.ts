import assert from 'node:assert/strict';
import { graphToken } from '../support/fake-graph.ts';
import { useRuntime } from '../support/flow.ts';
import { eventOf, useOut } from '../support/out-flow.ts';
import { useAsker } from '../support/preview.ts';

describe('the preview of a whatsapp-out node', () => {
  useRuntime();
  const out = useOut();
  const asker = useAsker();

  const shop = { id: 'shop', name: 'Shop', key: '', provider: 'meta', number: '+39021234567' };

  it('is what the node then sends, without its secrets', async () => {
    const config = { text: 'Ciao {{calleridname}}' };
    await out.start(config);
    const payload = eventOf({ account: shop });
    const { to, content, request } = await asker.ask('whatsapp-out', config, { msg: { payload } });
    assert.deepEqual([to, content.text], [payload.contact.phone, 'Ciao Giulia Müller']);
    assert.deepEqual(out.graph().sends, []);
    await out.send({ payload });
    const [sent] = out.graph().sends;
    const reference = { biz_opaque_callback_data: '' };
    assert.deepEqual(
      { ...JSON.parse(request.body), ...reference },
      { ...sent?.json, ...reference },
    );
    assert.equal(request.headers.Authorization, '***');
    assert.doesNotMatch(JSON.stringify(request), new RegExp(graphToken));
  });

  it('shows the message also for an account that is not there, and says so', async () => {
    await out.start();
    const config = { text: 'Ciao', account: 'none', to: '+39 333 1234567' };
    const { to, content, request, faults } = await asker.ask('whatsapp-out', config);
    assert.deepEqual([to, content.text, request], ['+393331234567', 'Ciao', undefined]);
    assert.equal(faults[0].code, 'E_CONFIG');
  });

  it('says what is wrong with the form', async () => {
    await out.start();
    const told = await asker.ask('whatsapp-out', { text: 'x', to: 'nobody' });
    assert.match(told.faults[0].message, /no phone number/);
  });
});
