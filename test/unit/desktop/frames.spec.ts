import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createFrameCheck, type FrameCheck } from '../../../src/desktop/server/frames.ts';
import { createTargetPolicy } from '../../../src/forward/target.ts';

const desk = 'https://desk.example';

describe('the check of dashboard sites', () => {
  let server: Server;
  let root: string;
  let answer: RequestListener;
  let asked: string[];
  let now: number;
  let check: FrameCheck;

  beforeEach(async () => {
    asked = [];
    now = 1_000_000;
    answer = (_, response) => response.end();
    server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      answer(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    check = open();
  });
  afterEach(async () => {
    check.close();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const open = (frames: readonly string[] = []) =>
    createFrameCheck({ frames, now: () => now, policy: createTargetPolicy(['127.0.0.0/8']) });
  const refusal = async (path = '/') => {
    await check.look(root + path);
    return check.refusal(root + path, desk);
  };
  const denies: RequestListener = (_, response) => {
    response.setHeader('X-Frame-Options', 'DENY');
    response.end('<title>CRM</title>');
  };

  it('finds a site that refuses frames', async () => {
    answer = denies;
    assert.equal(await refusal(), 'refused');
  });

  it('lets a site that says nothing be shown', async () => {
    assert.equal(await refusal(), undefined);
  });

  it('asks without what stands in the query, and for nothing that changes anything', async () => {
    await check.look(`${root}/cti?caller=%2B39333&text=secret#part`);
    assert.deepEqual(asked, ['HEAD /cti']);
  });

  it('asks once in ten minutes, however many pages are aimed at it', async () => {
    answer = denies;
    const pages = Array.from({ length: 20 }, (_, n) => `${root}/cti/${n}?caller=${n}`);
    await Promise.all(pages.map((url) => check.look(url)));
    await check.look(pages[0]!);
    assert.equal(asked.length, 1);
    assert.ok(pages.every((url) => check.refusal(url, desk) === 'refused'));
    now += 10 * 60_000 + 1;
    await check.look(pages[0]!);
    assert.equal(asked.length, 2);
  });

  it('asks again with GET where HEAD is not known', async () => {
    answer = (request, response) => {
      if (request.method === 'GET') return denies(request, response);
      response.writeHead(405).end();
    };
    assert.equal(await refusal(), 'refused');
    assert.deepEqual(asked, ['HEAD /', 'GET /']);
  });

  it('follows a few redirects, to where a browser would land', async () => {
    answer = (request, response) => {
      if (request.url === '/login') return denies(request, response);
      response.writeHead(302, { Location: '/login' }).end();
    };
    assert.equal(await refusal('/start'), 'refused');
  });

  it('gives up on a circle of redirects', async () => {
    answer = (_, response) => response.writeHead(302, { Location: '/start' }).end();
    assert.equal(await refusal('/start'), undefined);
    assert.ok(asked.length < 8);
  });

  it('takes a site that does not answer for one that can be shown, and soon', async () => {
    answer = () => undefined;
    assert.equal(await refusal(), undefined);
  }).timeout(10_000);

  it('asks no private address unless it is told that it may', async () => {
    check.close();
    check = createFrameCheck({ frames: [], now: () => now });
    answer = denies;
    assert.equal(await refusal(), undefined);
    for (const url of ['http://169.254.169.254/x', 'http://[::1]/', 'http://localhost:1880/']) {
      await check.look(url);
      assert.equal(check.refusal(url, desk), undefined);
    }
    assert.deepEqual(asked, []);
  });

  it('follows no redirect to a private address', async () => {
    const policy = createTargetPolicy([root.slice('http://'.length)]);
    check.close();
    check = createFrameCheck({ frames: [], now: () => now, policy });
    answer = (_, response) =>
      response.writeHead(302, { Location: 'http://169.254.169.254/latest/' }).end();
    assert.equal(await refusal(), undefined);
  });

  it('knows by itself which hosts the desktop does not list, and does not ask them', async () => {
    check.close();
    check = open(['crm.example', 'https://*.shop.example', 'plain.example:8080']);
    assert.equal(await refusal(), 'unlisted');
    assert.deepEqual(asked, []);
    const listed = (url: string) => check.refusal(url, desk) === undefined;
    assert.ok(listed('https://crm.example/x') && listed('http://crm.example/x'));
    assert.ok(listed('https://a.shop.example') && listed('http://plain.example:8080'));
    assert.ok(!listed('http://a.shop.example') && !listed('https://shop.example'));
    assert.ok(!listed('https://crm.example:8443') && !listed('https://crm.example.evil'));
  });

  it('says nothing of what is no address of the web', async () => {
    for (const url of ['javascript:alert(1)', 'data:text/html,x', 'nonsense', '']) {
      await check.look(url);
      assert.equal(check.refusal(url, desk), undefined);
    }
  });
});
