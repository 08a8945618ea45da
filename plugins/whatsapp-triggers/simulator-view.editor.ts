import { make } from '../../nodes/shared/make.editor.ts';
import type { AccountView } from '../../src/simulator/protocol.ts';
import { ask } from './ask.editor.ts';
import { makeDeedButtons } from './deed-buttons.editor.ts';
import type { Deed } from './deeds.editor.ts';
import { makeButton, makeLink, makeNotice, whileShown } from './dom.editor.ts';
import { addSimulator, hasSimulator } from './first-account.editor.ts';
import { makeScene } from './scene.editor.ts';
import { makeScripts } from './script-view.editor.ts';
import { createSimulator, type Mishap } from './simulator.editor.ts';
import { followEvents } from './stream.editor.ts';
import { makeTalk } from './talk-view.editor.ts';
import { phrase, say } from './words.editor.ts';

export interface SimulatorView {
  readonly element: HTMLElement;
  readonly shown: () => void;
}

const pace = 2_000;

/** A customer's phone, the business's, and the agents, in the sidebar; against the deployed flow. */
export function makeSimulator(openEvent: (id: string) => void): SimulatorView {
  const scene = makeScene(show);
  const simulator = createSimulator(show);
  const talk = makeTalk(openEvent);
  const notice = makeNotice();
  const text = make('textarea', {
    rows: '2',
    dir: 'auto',
    'aria-label': say('talk.message'),
    placeholder: say('talk.message'),
  });
  const send = makeButton(say('talk.send'), () => void write(), 'fa-paper-plane');
  const buttons = makeDeedButtons(
    () => text.value,
    (deed) => void go(deed),
  );
  const scripts = makeScripts(async (deed) => mishapWords(await perform(deed, true)));
  const stage = make(
    'div',
    { class: 'wat-scroll wat-stage' },
    scene.element,
    talk.element,
    make('div', { class: 'wat-composer' }, text, send),
    notice.element,
    buttons.element,
    scripts,
  );
  const missing = make('div', { class: 'wat-hint' });
  const element = make('div', { class: 'wat-page' }, missing, stage);
  let stream: AbortController | undefined;

  function show(): void {
    const now = scene.read();
    missing.hidden = now !== undefined;
    stage.hidden = now === undefined;
    if (!now) return showMissing();
    talk.show(simulator.talk(now));
    buttons.setAgents(now.account.agents);
  }

  /** What is missing for a phone: an account, or that it is deployed. */
  function showMissing(): void {
    if (hasSimulator()) return missing.replaceChildren(make('p', {}, say('scene.undeployed')));
    const add = makeLink([say('scene.addAccount')], () => {
      addSimulator();
      show();
    });
    missing.replaceChildren(make('p', {}, say('scene.noAccount')), make('p', {}, add));
  }

  async function perform(deed: Deed, told = false): Promise<Mishap | undefined> {
    const now = scene.read();
    return now ? simulator.perform(deed, now, told) : { key: 'noAccount' };
  }

  async function go(deed: Deed): Promise<void> {
    const isUsed = deed.verb !== 'again' && deed.verb !== 'location' && 'text' in deed;
    if (isUsed) text.value = '';
    const words = mishapWords(await perform(deed));
    notice.say(...(words ?? []));
  }

  async function write(): Promise<void> {
    const words = text.value.trim();
    text.focus();
    if (words !== '') await go({ verb: 'customer', text: words });
  }

  async function loadAccounts(): Promise<void> {
    try {
      scene.setAccounts(await ask<readonly AccountView[]>('simulator/accounts'));
      show();
    } catch (error) {
      notice.say(say('log.failed', { reason: (error as Error).message }));
    }
  }

  /** Only while it is on the screen: a browser has few connections for a site. */
  function follow(): void {
    if (stream) return;
    const life = new AbortController();
    stream = life;
    const live = (isLive: boolean): void => void element.classList.toggle('wat-lost', !isLive);
    void followEvents(life.signal, (event) => simulator.hear(event), live);
  }

  text.addEventListener('keydown', (pressed) => {
    if (pressed.key !== 'Enter' || pressed.shiftKey || pressed.isComposing) return;
    pressed.preventDefault();
    void write();
  });
  RED.events.on('deploy', () => {
    if (stream) void loadAccounts();
  });
  whileShown(element, pace, () => {
    follow();
    // Deploy is answered before every node has started.
    if (!scene.read() && hasSimulator()) void loadAccounts();
  });
  setInterval(() => {
    if (element.offsetParent !== null) return;
    stream?.abort();
    stream = undefined;
  }, pace);
  show();
  return {
    element,
    shown: () => {
      void loadAccounts();
      follow();
    },
  };
}

function mishapWords(mishap: Mishap | undefined): readonly (Node | string)[] | undefined {
  if (!mishap) return undefined;
  return 'key' in mishap
    ? [say(`mishap.${mishap.key}`)]
    : phrase('mishap.other', { reason: mishap.words });
}
