import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Frame, Page } from 'playwright-core';
import '../support/e2e.ts';
import { setStatus } from '../support/agents-at-work.ts';
import { selfSigned } from '../support/certificate.ts';
import { type NodeRed, startNodeRed } from '../support/node-red-process.ts';
import { startTlsSite, type TlsSite } from '../support/tls-site.ts';
import { createIssuer } from '../support/tokens.ts';
import { openPage, type WatchedPage } from '../support/watched-page.ts';

const issuer = createIssuer('ES256');
const certificate = selfSigned();

describe('Agents who come from another site, over TLS', () => {
  let crm: TlsSite;
  let stranger: TlsSite;
  let nodeRed: NodeRed;
  let desk: string;
  /** Where the frame in the other sites' page leads. */
  let framed = '';
  const open: WatchedPage[] = [];

  before(async () => {
    const page = () =>
      `<!doctype html><title>CRM</title><iframe src="${framed}" width="1100" height="600"></iframe>`;
    [crm, stranger] = (await Promise.all([1, 2].map(() => startTlsSite(certificate, page)))) as [
      TlsSite,
      TlsSite,
    ];
    nodeRed = await startNodeRed({
      flows: [...flow(crm.origin)],
      settings: { https: certificate },
    });
    desk = `${nodeRed.url.replace('http:', 'https:')}/agents/`;
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((each) => each.close()));
  });
  after(async () => {
    await nodeRed?.remove();
    await Promise.all([crm, stranger].map((site) => site?.close()));
  });

  const tokenOf = (sub: string): string => issuer.issue({ sub, jti: randomUUID() });
  const isIn = (page: Page | Frame, name: string): Promise<void> =>
    page.getByText(name, { exact: true }).waitFor();

  /** A browser that takes a certificate which nobody vouches for. */
  async function browser(): Promise<WatchedPage> {
    const opened = await openPage({ ignoreHTTPSErrors: true });
    open.push(opened);
    return opened;
  }

  /** The page of another site, and the frame in it. */
  async function embedded(site: TlsSite, page: Page): Promise<Frame> {
    framed = `${desk}#token=${tokenOf('anna')}`;
    await page.goto(site.origin);
    const frame = await (await page.waitForSelector('iframe')).contentFrame();
    assert.ok(frame);
    return frame;
  }

  it('take the token out of the address before anything else, and leave none behind', async () => {
    const { page, complaints } = await browser();
    const token = tokenOf('anna');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${desk}#token=${token}`);
    await page.waitForURL(desk);
    await isIn(page, 'Anna Conti');
    assert.equal(await page.evaluate('history.length'), 2);
    await page.goBack();
    await page.goForward();
    await isIn(page, 'Anna Conti');
    assert.equal(page.url(), desk);
    assert.ok(asked.every((url) => !url.includes(token)));
    assert.deepEqual(complaints, []);
  });

  it('come in once with a token: it opens nothing in a second browser', async () => {
    const [first, second] = [await browser(), await browser()];
    const token = tokenOf('anna');
    await first.page.goto(`${desk}#token=${token}`);
    await isIn(first.page, 'Anna Conti');
    await second.page.goto(`${desk}#token=${token}`);
    await second.page.getByText('Your login was not accepted.').waitFor();
    assert.equal(new URL(second.page.url()).hash, '');
    await first.page.reload();
    await isIn(first.page, 'Anna Conti');
  });

  it('give way to the agent whom the other site sends in next', async () => {
    const { page } = await browser();
    await page.goto(`${desk}#token=${tokenOf('anna')}`);
    await isIn(page, 'Anna Conti');
    await page.goto(`${desk}#token=${tokenOf('bruno')}`);
    await isIn(page, 'Bruno Ferri');
    assert.equal(await page.getByText('Anna Conti').count(), 0);
  });

  it('see the login when their token is refused, never the desk of the agent before them', async () => {
    const { page } = await browser();
    await page.goto(`${desk}#token=${tokenOf('anna')}`);
    await isIn(page, 'Anna Conti');
    const tenMinutesAgo = Date.now() - 600_000;
    const expired = issuer.issue({ sub: 'bruno', jti: randomUUID() }, tenMinutesAgo);
    await page.goto(`${desk}#token=${expired}`);
    await page.getByText('Your login was not accepted.').waitFor();
    assert.equal(await page.getByText('Anna Conti').count(), 0);
    await page.reload();
    await page.getByRole('button', { name: 'Log in' }).waitFor();
  });

  it('are not pushed out by an earlier token, which could not be asked about in its time', async () => {
    const { page } = await browser();
    const [bruno, anna] = [tokenOf('bruno'), tokenOf('anna')];
    const brought: (string | null)[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') brought.push(request.postData());
    });
    await page.clock.install();
    await page.route('**/session', (route) => route.abort());
    await page.goto(`${desk}#token=${bruno}`);
    await page.getByText('The server cannot be reached.').waitFor();
    await page.unroute('**/session');
    await page.goto(`${desk}#token=${anna}`);
    await isIn(page, 'Anna Conti');
    const before = brought.length;
    await page.clock.fastForward(10_000);
    await page.reload();
    await isIn(page, 'Anna Conti');
    assert.deepEqual(brought.slice(before), ['{}']);
  });

  it('work in a frame of the site that may embed the page, and stay in when they reload it', async () => {
    const { page, complaints } = await browser();
    const frame = await embedded(crm, page);
    await isIn(frame, 'Anna Conti');
    await setStatus(frame, 'Pause');
    framed = desk;
    await page.reload();
    const again = await (await page.waitForSelector('iframe')).contentFrame();
    assert.ok(again);
    await again.getByRole('button', { name: 'Pause', pressed: true }).waitFor();
    assert.deepEqual(complaints, []);
  });

  it('see nothing in a frame of any other site', async () => {
    const { page, complaints } = await browser();
    const refused = page.context().waitForEvent('console', (entry) => entry.type() === 'error');
    const frame = await embedded(stranger, page);
    assert.match((await refused).text(), /frame-ancestors/);
    assert.equal(await frame.getByRole('button').count(), 0);
    assert.equal(complaints.length, 1);
  });
});

function flow(embedIn: string) {
  const agents = [
    { username: 'anna', name: 'Anna Conti', role: 'agent' },
    { username: 'bruno', name: 'Bruno Ferri', role: 'agent' },
  ];
  return [
    { id: 'tab', type: 'tab', label: 'Contact centre' },
    {
      id: 'desk',
      type: 'agent-desktop',
      path: 'agents',
      agents,
      signOn: 'jwt',
      jwtKey: issuer.publicKey,
      embedIn: [embedIn],
    },
  ];
}
