import assert from 'node:assert/strict';
import { english } from '../../../src/desktop/app/words/en.ts';
import { languageOf, languages, wordsIn } from '../../../src/desktop/app/words/words.ts';
import { onlineDesk, offer } from './desk.ts';

/** Words that are the same in both languages. */
const shared = /^(?:Password|Popup(?:: .*)?|Video|\d+|\d+ h \d+ min|\d+ min)$/;

describe('the languages of the page', () => {
  for (const { id } of languages.filter((language) => language.id !== 'en')) {
    it(`are complete: "${id}" says everything that English says, and says it differently`, () => {
      const here = entries(wordsIn(id));
      const there = entries(english);
      assert.deepEqual([...here.keys()], [...there.keys()]);
      for (const [key, text] of here) {
        assert.notEqual(text.trim(), '', key);
        if (!shared.test(text)) assert.notEqual(text, there.get(key), key);
      }
    });
  }

  it('keep the accessible names that the contract gives', () => {
    const { login, offers, reply, close, top } = english;
    assert.deepEqual(
      [login.username, login.password, login.button, offers.accept, offers.reject],
      ['User name', 'Password', 'Log in', 'Accept', 'Reject'],
    );
    assert.deepEqual(
      [reply.name, reply.send, close.button, top.logOut],
      ['Reply', 'Send', 'Close interaction', 'Log out'],
    );
  });

  it('are chosen by what the browser prefers', () => {
    assert.equal(languageOf(['de-DE', 'it-CH', 'en']), 'it');
    assert.equal(languageOf(['EN-us']), 'en');
    assert.equal(languageOf(['de']), 'en');
    assert.equal(languageOf([]), 'en');
  });

  it('speak from the model, too', () => {
    const desk = onlineDesk().act({ type: 'languageChosen', language: 'it' });
    desk.hear({ type: 'offers', offers: [offer('o', 'Maria')] });
    assert.equal(desk.state().announcement.text, 'Offerta: Maria');
  });

  it('outlive the agent, as the other choices of a browser do', () => {
    const desk = onlineDesk().act({
      type: 'preferred',
      preferences: { language: 'it', sound: false },
    });
    assert.deepEqual(desk.effects.filter(({ type }) => type === 'keep').length, 1);
    const { language, preferences } = desk.act({ type: 'loggedOut', reason: 'left' }).state();
    assert.equal(language, 'it');
    assert.equal(preferences.sound, false);
  });
});

/** Every text by its path; one that is made of parts is made of examples. */
function entries(words: object, path = ''): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]: [string, unknown]): [string, string][] => {
      const here = `${path}.${key}`;
      if (typeof value === 'string') return [[here, value]];
      if (typeof value === 'function') return [[here, String(value(2, 3))]];
      return [...entries(value as object, here)];
    }),
  );
}
