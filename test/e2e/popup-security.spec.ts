import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { hostileHtml, hostilePopups } from '../fixtures/hostile-html.ts';
import { hostileTexts } from '../fixtures/hostile.ts';
import { encoders } from '../../src/template/encode.ts';
import { parseTemplate, render } from '../../src/template/template.ts';
import { incomingEvent } from '../fixtures/event.ts';
import '../support/e2e.ts';
import { popup, popupContent } from '../support/agents-page.ts';
import { openPopupDesk, type PopupDesk, show, usePopupDesk } from '../support/popup-desk.ts';

/** Every place of a popup in which a builder may put a customer's text. */
const places = parseTemplate(
  '<p>{{text}}</p><p title="{{text}}">a</p><p title={{text}}>b</p><a href="{{text}}">c</a>' +
    '<p style="color:{{text}}">d</p><iframe srcdoc="{{text}}"></iframe><!-- {{text}} -->',
);

describe('Popups with hostile content', () => {
  usePopupDesk();
  let desk: PopupDesk;
  beforeEach(async () => {
    desk = await openPopupDesk();
  });

  const event = incomingEvent();
  let shown = 0;

  /** Shows HTML in the place of what was shown before, and gives its frame when it is there. */
  async function showing(html: string): Promise<Frame> {
    const round = shown++;
    const title = `Popup ${round}`;
    const marked = `<i class="round-${round}"></i>${html}`;
    await show({ kind: 'popup', title, html: marked }, { event, repeat: 'replace' });
    const handle = await popup(desk.page, title).locator('iframe').elementHandle();
    const frame = await handle?.contentFrame();
    assert.ok(frame);
    await frame.waitForSelector(`.round-${round}`, { state: 'attached' });
    return frame;
  }

  /** What stands in a popup that could act, load or lead elsewhere. */
  const suspects = (frame: Frame) =>
    frame.evaluate(() => {
      const elements = [...document.querySelectorAll('body *')];
      const forbidden =
        'script, iframe, frame, object, embed, form, input, button, select, textarea, style, link, meta, base, ' +
        'video, audio, source, picture, dialog, template, animate, set, use, [autofocus], [srcset], [ping], [srcdoc]';
      return elements.flatMap((element) => [
        ...(element.matches(forbidden) ? [element.outerHTML.slice(0, 200)] : []),
        ...[...element.attributes]
          .filter(({ name, value }) => {
            if (/^on|formaction|background/i.test(name)) return true;
            if (name === 'src') return element.matches('img') && !/^data:image\//i.test(value);
            if (!/^(?:href|xlink:href|action|data)$/i.test(name)) return false;
            return !/^(?:https?:|mailto:|tel:)/i.test(value);
          })
          .map(({ name, value }) => `${name}=${value}`.slice(0, 200)),
      ]);
    });

  async function assertCalm(): Promise<void> {
    assert.deepEqual(desk.requests, []);
    assert.deepEqual(desk.complaints, []);
    assert.doesNotMatch(await desk.page.title(), /hacked/);
  }

  it('run nothing and send nothing, whatever a customer writes, in every place of a template', async () => {
    const written = [...hostileTexts, ...hostileHtml].map((text) => {
      const values = new Map([['text', text]]);
      const html = render(places, Object.fromEntries(values), encoders.html);
      return { text, html: `<div class="one">${html}</div>` };
    });
    for (const part of inPopups(written)) {
      const frame = await showing(part.map(({ html }) => html).join(''));
      assert.deepEqual(await suspects(frame), []);
      const first = await frame.locator('.one > p:first-child').allTextContents();
      assert.equal(first.length, part.length);
      for (const [index, { text }] of part.entries()) {
        const expected = text.toWellFormed().replaceAll('\0', '').replace(/\r\n?/g, '\n');
        assert.equal(first[index]?.replaceAll('\ufffd', ''), expected.replaceAll('\ufffd', ''));
      }
    }
    await assertCalm();
  }).timeout(120_000);

  it('run nothing and send nothing when the markup itself is hostile', async () => {
    const end =
      '--></script></style></textarea></title></noscript></template></svg></math></table>';
    const written = hostileHtml.map((text) => ({ html: `<div>${text}${end}</div>` }));
    for (const part of inPopups(written)) {
      const frame = await showing(part.map(({ html }) => html).join('\n'));
      assert.deepEqual(await suspects(frame), []);
    }
    await assertCalm();
  }).timeout(120_000);

  it('stay in their frame, leave the keyboard where it is, and load nothing', async () => {
    const address = desk.page.url();
    const tab = desk.page.getByRole('tab', { name: 'Home' });
    await tab.focus();
    for (const html of hostilePopups) {
      const frame = await showing(html);
      assert.deepEqual(await suspects(frame), []);
      const links = await frame.$$eval('a[href]', (all) =>
        all.map((link) => [link.getAttribute('target'), link.getAttribute('rel')]),
      );
      assert.ok(links.every((link) => link.join() === '_blank,noopener noreferrer'));
      assert.ok(await tab.evaluate((element) => element === document.activeElement));
      const box = await popup(desk.page, `Popup ${shown - 1}`).boundingBox();
      assert.ok(box && box.height < 800 && box.width <= 800, 'the popup is larger than its place');
    }
    assert.equal(desk.page.url(), address);
    await assertCalm();
  }).timeout(120_000);

  it('cannot script, submit or move the desktop even where cleaning would fail', async () => {
    const frame = await showing('<p>Ciao</p>');
    const sandbox = await (await frame.frameElement()).getAttribute('sandbox');
    assert.doesNotMatch(sandbox ?? '', /scripts|forms|top-navigation|modals|pointer|downloads/);
    const policy = await frame.$eval(
      'meta[http-equiv]',
      (meta) => (meta as unknown as { content: string }).content,
    );
    assert.match(policy, /^default-src 'none';/);
    const before = desk.page.url();
    const reached: string[] = [];
    await desk.page.context().route('https://evil.example/**', (route) => {
      reached.push(route.request().url());
      return route.abort();
    });
    await frame.evaluate(() => {
      const evil = 'https://evil.example/';
      const put = (name: string, attributes: Record<string, string>, text = '') => {
        const element = document.body.appendChild(document.createElement(name));
        for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
        element.append(text);
        return element;
      };
      const form = put('form', { action: `${evil}form` });
      form.append(put('button', {}));
      form.querySelector('button')?.click();
      put('a', { target: '_top', href: `${evil}link` }, 'x').click();
      put('img', { src: `${evil}image` });
      put('iframe', { src: `${evil}frame` });
      put('style', {}, `body { background: url(${evil}style) }`);
      put('link', { rel: 'stylesheet', href: `${evil}sheet` });
      put('meta', { 'http-equiv': 'refresh', content: `0;url=${evil}refresh` });
    });
    // Whatever would have gone out is older than these.
    for (const path of ['session', 'page.js']) {
      await desk.page.evaluate((address) => fetch(address).then(({ status }) => status), path);
    }
    assert.deepEqual(reached, []);
    assert.doesNotMatch(await desk.page.title(), /hacked/);
    assert.equal(desk.page.url(), before);
  });

  it('open their links outside, without a way back to the desktop', async () => {
    await desk.page.context().route('https://crm.example/**', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: '<script>document.title=String(window.opener)+"|"+document.referrer</script>',
      }),
    );
    await showing('<a href="https://crm.example/7">Open the customer</a>');
    const opening = desk.page.context().waitForEvent('page');
    await popupContent(desk.page, `Popup ${shown - 1}`)
      .getByText('Open the customer')
      .click();
    const opened = await opening;
    await opened.waitForLoadState();
    assert.equal(await opened.title(), 'null|');
  });

  it('in a flood leave three on the screen, the rest in a counter and in the list', async () => {
    const flood = Array.from({ length: 60 }, (_, n) =>
      show({ kind: 'popup', title: `Flood ${n}`, html: `<p>${n}</p>` }),
    );
    await Promise.all(flood);
    const { page } = desk;
    await page.getByText('57 more popups').waitFor();
    assert.equal(await page.getByRole('dialog').count(), 3);
    await page.getByText('57 more popups').click();
    await page.getByText('40 older popups are in “Recent”.').waitFor();
    await page.getByRole('button', { name: 'Close all' }).click();
    assert.equal(await page.getByRole('dialog').count(), 0);
    await assertCalm();
  }).timeout(120_000);
});

/** As many together as one popup may hold. */
function inPopups<Part extends { readonly html: string }>(parts: readonly Part[]): Part[][] {
  const popups: Part[][] = [];
  let room = 0;
  for (const part of parts) {
    const size = JSON.stringify(part.html).length;
    room -= size;
    if (room >= 0) popups.at(-1)?.push(part);
    else {
      popups.push([part]);
      room = 128 * 1024 - size;
    }
  }
  return popups;
}
