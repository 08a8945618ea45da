import assert from 'node:assert/strict';
import type { WebhookRequest } from '../../src/provider/provider.ts';
import { type Crm, startCrm } from '../support/crm.ts';
import '../support/e2e.ts';
import type { FakeApi } from '../support/fake-api.ts';
import { type Line, type NodeRed, startNodeRed } from '../support/node-red-process.ts';
import { type Counterpart, deliver, type Told } from './counterparts/counterpart.ts';
import { generic } from './counterparts/generic.ts';
import { kaleyra } from './counterparts/kaleyra.ts';
import { dialog360, meta, simulator } from './counterparts/meta.ts';
import { sinch } from './counterparts/sinch.ts';
import { twilio } from './counterparts/twilio.ts';
import { credentialsOf, providersFlow } from './providers-flow.ts';

const counterparts: Readonly<Record<Line, readonly Counterpart[]>> = {
  5: [meta, dialog360, twilio, sinch, kaleyra, simulator, generic],
  4: [meta, generic],
};
const course: readonly Told[] = ['sent', 'delivered', 'read'];
const phone = '+393331234567';
const question = 'Dov’è il mio pacco? 📦 «È già partito?» – 50 % & più <b>, שלום';
const answer = `Abbiamo letto «${question}» 👍🏽`;

for (const line of [5, 4] as const) {
  describe(`A message, its answer and what became of it, on Node-RED ${line}`, () => {
    const apis = new Map<Counterpart, FakeApi>();
    let crm: Crm;
    let nodeRed: NodeRed;

    before(async () => {
      crm = await startCrm();
      for (const counterpart of counterparts[line]) {
        if (counterpart.api) apis.set(counterpart, await counterpart.api.start());
      }
      const accounts = counterparts[line].map((counterpart) => ({
        counterpart,
        apiUrl: apis.get(counterpart)?.url ?? '',
      }));
      const flows = providersFlow(crm, accounts);
      nodeRed = await startNodeRed({ line, flows, credentials: credentialsOf(accounts) });
    });
    after(async () => {
      await nodeRed?.remove();
      await Promise.all([...apis.values(), crm].map((server) => server?.close()));
    });

    async function post(request: WebhookRequest): Promise<void> {
      assert.equal((await deliver(nodeRed.url, request)).status, 200);
    }

    async function refuse(request: WebhookRequest): Promise<void> {
      const refused = await deliver(nodeRed.url, request);
      assert.equal(refused.status, 401);
      assert.equal(await refused.text(), '');
    }

    type Values = Readonly<Record<string, string>>;

    /** What the CRM is told at this path, with these values in it. */
    async function told(path: string, values: Values): Promise<URLSearchParams> {
      const wanted = Object.entries(values);
      const { query } = await crm.request(path, ({ query }) =>
        wanted.every(([name, value]) => query.get(name) === value),
      );
      return query;
    }

    /** All that the CRM was told about an account, in few words. */
    function everythingAbout(account: string): string[] {
      const about = crm.requests.filter(({ query }) => query.get('account') === account);
      const interactions = new Set(about.map(({ query }) => query.get('interactionid')));
      assert.equal(interactions.size, 1);
      return about
        .map(({ path, query }) =>
          [path, query.get('event'), query.get('deliverystatus')].filter(Boolean).join(' '),
        )
        .toSorted();
    }

    async function ask({ name, text, forged }: Counterpart): Promise<URLSearchParams> {
      await refuse(forged('un altro pacco'));
      await post(text(question));
      const event = await told('/events', { account: name, text: question });
      assert.equal(event.get('calleridnum'), phone);
      assert.equal(event.get('interaction'), 'opened');
      return event;
    }

    /** The message went out as it should; its statuses come back. */
    async function serve(counterpart: Counterpart, asked: string, sent: string): Promise<void> {
      const fake = apis.get(counterpart);
      const { api } = counterpart;
      if (!fake || !api) return;
      const send = await fake.send(0);
      const quoted = api.quotes ? { replyTo: asked } : {};
      assert.deepEqual(api.read(send), { to: phone, text: answer, ...quoted });
      for (const status of course) await post(api.report(status, sent, send));
    }

    for (const counterpart of counterparts[line].filter((one) => one !== generic)) {
      const { name: account } = counterpart;

      it(`through ${account}`, async () => {
        const asked = await ask(counterpart);
        const answered = await told('/answered', { account, text: question });
        const messageid = answered.get('sent') ?? '';
        await serve(counterpart, asked.get('messageid') ?? '', messageid);
        for (const deliverystatus of course) {
          await told('/deliveries', { account, messageid, deliverystatus });
        }
        const outgoing = await told('/events', { account, messageid });
        assert.equal(outgoing.get('text'), answer);
        await post(counterpart.text('Grazie 🙏'));
        await told('/events', { account, text: 'Grazie 🙏' });
        assert.deepEqual(everythingAbout(account), [
          '/answered message.incoming',
          '/deliveries delivery delivered',
          '/deliveries delivery read',
          '/deliveries delivery sent',
          '/events message.incoming',
          '/events message.incoming',
          '/events message.outgoing',
        ]);
        assert.equal(apis.get(counterpart)?.sends.length ?? 1, 1);
      });
    }

    it('comes in through generic, which answers nothing', async () => {
      const { name: account, report } = generic;
      await ask(generic);
      assert.ok(report);
      await post(report('read', 'sent-elsewhere'));
      await told('/deliveries', { account, messageid: 'sent-elsewhere', deliverystatus: 'read' });
      assert.deepEqual(everythingAbout(account), [
        '/deliveries delivery read',
        '/events message.incoming',
      ]);
    });
  });
}
