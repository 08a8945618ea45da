import assert from 'node:assert/strict';
import {
  dayText,
  localeOf,
  momentText,
  sinceText,
  spanText,
} from '../../../src/desktop/app/model/calendar.ts';
import { initials } from '../../../src/desktop/app/model/initials.ts';
import { timeline } from '../../../src/desktop/app/model/timeline.ts';
import { english } from '../../../src/desktop/app/words/en.ts';
import { italian } from '../../../src/desktop/app/words/it.ts';
import { message } from './talk.ts';

const noon = new Date(2026, 10, 22, 12).getTime();
const minute = 60_000;
const day = 24 * 60 * minute;

describe('a conversation as it is read', () => {
  it('names the day where one begins, and the writer where one begins', () => {
    const messages = [
      message(1, { at: noon - day }),
      message(2, { at: noon }),
      message(3, { at: noon + minute }),
      message(4, { at: noon + 2 * minute, verb: 'outgoing', by: 'Ada' }),
      message(5, { at: noon + 9 * minute, verb: 'outgoing', by: 'Ada' }),
    ];
    const items = timeline({ messages }, []).map((item) =>
      item.kind === 'message' ? [item.message.seq, item.first, item.last] : item.kind,
    );
    assert.deepEqual(items, [
      'day',
      [1, true, true],
      'day',
      [2, true, false],
      [3, false, true],
      [4, true, true],
      [5, true, true],
    ]);
  });

  it('marks where the unread ones begin, and ends with what is on its way', () => {
    const messages = [message(1, { at: noon }), message(2, { at: noon })];
    const reply = { id: 'd', interactionId: 'i', text: 'x', at: noon, state: 'sending' } as const;
    const kinds = timeline({ messages, freshFrom: 2 }, [reply]).map(({ kind }) => kind);
    assert.deepEqual(kinds, ['day', 'message', 'fresh', 'message', 'reply']);
  });
});

describe('times', () => {
  it('are written as the agent does who speaks the language', () => {
    assert.equal(localeOf('en', ['it-IT', 'en-GB', 'en-US']), 'en-GB');
    assert.equal(localeOf('it', ['en-GB']), 'it');
  });

  it('are hours today and days before', () => {
    assert.equal(momentText(noon, noon, 'en-GB'), '12:00');
    assert.equal(momentText(noon - day, noon, 'en-GB'), '21 Nov');
  });

  it('say since when, as the language does it for hours and for days', () => {
    const since = (at: number) => [
      sinceText(at, noon, 'en-GB', english.status),
      sinceText(at, noon, 'it', italian.status),
    ];
    assert.deepEqual(since(noon), ['Since 12:00', 'Dalle 12:00']);
    assert.deepEqual(since(noon - day), ['Since 21 Nov', 'Dal 21 nov']);
    assert.equal(since(noon - 11 * day)[1], 'Dall’11 nov');
  });

  it('name the days nearby', () => {
    const name = (at: number) => dayText(at, noon, 'en-GB', english.talk);
    assert.equal(name(noon), 'Today');
    assert.equal(name(noon - day), 'Yesterday');
    assert.equal(name(noon - 3 * day), 'Thursday 19 November');
    assert.match(name(noon - 400 * day), /2025/);
  });

  it('promise no minute that is not there', () => {
    assert.equal(spanText(2 * 60 * minute + 59_999, english.reply), '2 h 0 min');
    assert.equal(spanText(minute - 1, english.reply), '0 min');
    assert.equal(spanText(-minute, english.reply), '0 min');
  });
});

describe('the letters that stand for a name', () => {
  for (const [name, letters] of [
    ["Chiara D'Angelo", 'CA'],
    ['Zoë', 'Z'],
    ['maria de la cruz', 'MC'],
    ['+39 320 000', '#'],
    ['👩‍👧 Ugo', 'U'],
    ['', '#'],
  ] as const) {
    it(`are ${letters} for "${name}"`, () => assert.equal(initials(name), letters));
  }
});
