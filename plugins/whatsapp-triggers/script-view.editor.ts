import { make, makeIconButton } from '../../nodes/shared/make.editor.ts';
import { type Deed, readScript, type ScriptLine } from './deeds.editor.ts';
import { makeButton, makeField, makeNotice } from './dom.editor.ts';
import {
  forgetScript,
  keepScript,
  keptScripts,
  type KeptScript,
  readyScripts,
} from './scripts-kept.editor.ts';
import { phrase, say } from './words.editor.ts';

/** Does one line; answers why it came to nothing, in words. */
export type Play = (deed: Deed) => Promise<readonly (Node | string)[] | undefined>;

/** Conversations as text: to choose, to write, to run line by line. */
export function makeScripts(play: Play): HTMLElement {
  const choice = make('select', {});
  const name = make('input', { type: 'text' });
  const text = make('textarea', {
    rows: '7',
    spellcheck: 'false',
    'aria-describedby': 'wat-script-help',
  });
  const notice = makeNotice();
  const runButton = makeButton(say('script.run'), () => void run(), 'fa-play');
  const stopButton = makeButton(say('script.stop'), () => life?.abort(), 'fa-stop');
  const forget = makeIconButton('fa-trash', say('script.forget'), remove);
  let life: AbortController | undefined;

  fill('');
  take();
  stopButton.hidden = true;
  choice.addEventListener('change', take);

  function all(): readonly KeptScript[] {
    return [...readyScripts(), ...keptScripts()];
  }

  function fill(chosen: string): void {
    choice.replaceChildren(...all().map((script) => new Option(script.name, script.name)));
    if (chosen !== '') choice.value = chosen;
  }

  function take(): void {
    const script = all().findLast((one) => one.name === choice.value);
    name.value = script?.name ?? '';
    text.value = script?.text ?? '';
    forget.hidden = !keptScripts().some((one) => one.name === choice.value);
    notice.say();
  }

  function save(): void {
    const title = name.value.trim();
    if (title === '') return notice.say(say('script.noName'));
    keepScript({ name: title, text: text.value });
    fill(title);
    forget.hidden = false;
    notice.say(...phrase('script.saved', { name: title }));
  }

  function remove(): void {
    forgetScript(choice.value);
    fill('');
    take();
    choice.focus();
  }

  async function run(): Promise<void> {
    const { lines, faults } = readScript(text.value);
    const [fault] = faults;
    if (fault) {
      mark(fault.line);
      return notice.say(say(`script.${fault.key}`, { line: fault.line }));
    }
    life = new AbortController();
    toggle(true);
    const mishap = await playAll(lines, life.signal);
    toggle(false);
    if (mishap) notice.say(...mishap);
    else
      notice.say(
        say(life.signal.aborted ? 'script.stopped' : 'script.done', { count: lines.length }),
      );
  }

  async function playAll(lines: readonly ScriptLine[], signal: AbortSignal) {
    for (const [index, { line, deed }] of lines.entries()) {
      if (signal.aborted) return undefined;
      mark(line);
      notice.say(say('script.at', { number: index + 1, count: lines.length }));
      const mishap = deed.verb === 'wait' ? await rest(deed.seconds, signal) : await play(deed);
      if (mishap) return [say('script.mishap', { line }), ' ', ...mishap];
    }
    return undefined;
  }

  function mark(line: number): void {
    const before = text.value
      .split('\n')
      .slice(0, line - 1)
      .join('\n');
    const start = line === 1 ? 0 : before.length + 1;
    const end = text.value.indexOf('\n', start);
    text.setSelectionRange(start, end < 0 ? text.value.length : end);
  }

  function toggle(isRunning: boolean): void {
    const hadFocus = [runButton, stopButton].includes(document.activeElement as HTMLButtonElement);
    runButton.hidden = isRunning;
    stopButton.hidden = !isRunning;
    text.readOnly = isRunning;
    if (hadFocus) (isRunning ? stopButton : runButton).focus();
  }

  return make(
    'details',
    { class: 'wat-fold' },
    make('summary', {}, say('script.title')),
    make('div', { class: 'wat-bar' }, makeField(say('script.choice'), choice), forget),
    makeField(say('script.text'), text),
    make('p', { class: 'wat-quiet', id: 'wat-script-help' }, say('script.help')),
    make('div', { class: 'wat-actions' }, runButton, stopButton),
    make(
      'div',
      { class: 'wat-bar' },
      makeField(say('script.name'), name),
      makeButton(say('script.save'), save),
    ),
    notice.element,
  );
}

function rest(seconds: number, signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    const over = (): void => {
      clearTimeout(timer);
      resolve(undefined);
    };
    const timer = setTimeout(over, seconds * 1_000);
    signal.addEventListener('abort', over, { once: true });
  });
}
