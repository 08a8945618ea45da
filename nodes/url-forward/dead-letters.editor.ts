import { make, makeIconButton } from '../shared/make.editor.ts';
import { sayFor } from '../shared/say.editor.ts';
import { ageOf } from './age.editor.ts';

const say = sayFor('url-forward');
const route = 'whatsapp-triggers/forwards';
const shown = 100;

interface Letter {
  readonly id: string;
  readonly state: 'waiting' | 'answered' | 'dead';
  readonly target: string;
  readonly attempts: number;
  readonly createdAt: string;
  readonly nextAt?: string;
  readonly code?: string;
  readonly reason?: string;
}

interface Listed {
  readonly waiting: number;
  readonly dead: number;
  readonly forwards: readonly Letter[];
}

type Choice = { readonly ids: readonly string[] } | { readonly node: string };

/** Fills the form's list of what waits for another try and what failed for good, with what can be done. */
export function showLetters(node: EditorNode): void {
  const place = document.getElementById('url-forward-letters');
  if (!place) return;
  const counts = make('span', { class: 'wa-state', role: 'status' });
  const list = make('ul', { class: 'wa-letters', 'aria-label': say('label.letters') });
  const all = make('div', { class: 'wa-letter-buttons' });
  place.append(all, list);

  const act = (action: 'resend' | 'discard', choice: Choice): void => {
    const data = JSON.stringify(choice);
    void $.ajax({ url: `${route}/${action}`, type: 'POST', contentType: 'application/json', data })
      .done(load)
      .fail((request) => {
        counts.textContent = say('letters.refused', { reason: request.statusText });
      });
  };
  const button = (label: string, click: () => void): HTMLButtonElement => {
    const made = make('button', { type: 'button', class: 'red-ui-button red-ui-button-small' });
    made.textContent = label;
    made.addEventListener('click', click);
    return made;
  };
  const row = (letter: Letter): HTMLElement =>
    make(
      'li',
      { class: `wa-letter wa-letter-${letter.state}` },
      make('div', {}, ...describe(letter)),
      make(
        'div',
        { class: 'wa-letter-buttons' },
        button(say('letters.resend'), () => act('resend', { ids: [letter.id] })),
        button(say('letters.discard'), () => act('discard', { ids: [letter.id] })),
      ),
    );

  function show({ waiting, dead, forwards }: Listed): void {
    const isEmpty = forwards.length === 0;
    const told = isEmpty ? say('letters.empty') : say('letters.counts', { waiting, dead });
    const isCut = forwards.length < waiting + dead;
    counts.textContent = isCut ? `${told} ${say('letters.more', { count: shown })}` : told;
    list.replaceChildren(...forwards.map(row));
    const choice = { node: node.id };
    all.replaceChildren(
      counts,
      ...(dead > 0
        ? [
            button(say('letters.resendAll'), () => act('resend', choice)),
            button(say('letters.discardAll'), () => act('discard', choice)),
          ]
        : []),
      makeIconButton('fa-refresh', say('letters.refresh'), load),
    );
  }
  function load(): void {
    void $.getJSON(route, { node: node.id, limit: shown })
      .done((listed: Listed) => show(listed))
      .fail(() => {
        counts.textContent = say('letters.failed');
        all.replaceChildren(counts);
      });
  }
  load();
}

function describe(letter: Letter): HTMLElement[] {
  const { state, attempts, createdAt, nextAt, reason, target } = letter;
  const now = Date.now();
  const facts = [
    say(`letters.${state}`),
    say('letters.age', { age: ageOf(now - Date.parse(createdAt)) }),
    attempts > 0 ? say('letters.attempts', { count: attempts }) : say('letters.untried'),
    target,
    nextAt ? say('letters.next', { time: ageOf(Date.parse(nextAt) - now) }) : '',
  ];
  const line = facts.filter((fact) => fact !== '').join(' · ');
  return [make('div', { class: 'wa-state' }, line), make('div', {}, reason ?? '')];
}
