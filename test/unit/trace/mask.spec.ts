import assert from 'node:assert/strict';
import fc from 'fast-check';
import { logMasks } from '../../../src/trace/log-settings.ts';
import { hiderOf, maskEvent, maskPhone, type Sensitive } from '../../../src/trace/mask.ts';
import { incomingEvent } from '../../fixtures/event.ts';

const none: Sensitive = { names: new Set(), defaults: [] };

describe('masking events for the log', () => {
  it('leaves an event as it is where nothing is to be hidden, but for the raw object', () => {
    const event = incomingEvent();
    const { event: kept, masked } = maskEvent(
      { ...event, raw: {} },
      { masks: [], sensitive: none },
    );
    assert.deepEqual(kept, event);
    assert.deepEqual(masked, ['raw']);
  });

  it('hides number, name and text each on its own, and says which', () => {
    for (const mask of logMasks) {
      const { event, masked } = maskEvent(incomingEvent(), { masks: [mask], sensitive: none });
      assert.deepEqual(masked, [mask]);
      assert.deepEqual(
        [event.contact.phone, event.contact.name, event.message?.text],
        [
          mask === 'phone' ? '•••4567' : '+393331234567',
          mask === 'name' ? '•••' : 'Giulia Müller',
          mask === 'text' ? '•••' : 'Ciao',
        ],
      );
    }
  });

  it('hides what comes with a message: captions, places, shared contacts', () => {
    const message = {
      id: 'm',
      verb: 'incoming' as const,
      type: 'contacts',
      text: '',
      media: [{ type: 'image', caption: 'Via Roma 1', url: 'https://x/y', mimeType: 'image/png' }],
      location: { latitude: 45, longitude: 9, name: 'Via Roma 1' },
      contacts: [{ name: 'Carla', phones: ['+391112223333'] }],
    };
    const options = { masks: logMasks, sensitive: none };
    const { event } = maskEvent(incomingEvent({ message }), options);
    assert.doesNotMatch(JSON.stringify(event), /Roma|Carla|111222|https/);
  });

  it('hides number and name wherever people wrote them, and of a text all of it', () => {
    const { message: _, ...plain } = incomingEvent();
    const who = 'Giulia Müller +393331234567';
    const message = {
      id: 'm',
      verb: 'rejected' as const,
      type: 'button',
      text: who,
      media: [{ type: 'image', caption: who, fileName: `${who}.png`, url: `https://x/?${who}` }],
      buttonId: `pay-${who}`,
      reason: `${who} is busy`,
      location: { latitude: 45, longitude: 9, name: who, address: who },
      referral: { headline: who, body: who, sourceUrl: `https://x/${encodeURIComponent(who)}` },
      contacts: [{ name: 'Bo Li', phones: ['+39 333 9999999'] }],
    };
    const event = {
      ...plain,
      message,
      interaction: {
        ...plain.interaction,
        reason: `${who} said goodbye to Bo Li`,
        variables: { CALLBACK: '+393331234567', WHO: 'Giulia Müller', OTHER: '393339999999' },
      },
      delivery: { status: 'failed' as const, errorText: `Message to ${who} failed` },
    };
    const told = maskEvent(event, { masks: ['phone', 'name'], sensitive: none });
    assert.deepEqual(told.masked, ['phone', 'name']);
    assert.doesNotMatch(JSON.stringify(told.event), /Giulia|M%C3%BCller|333|Bo Li/);
    assert.equal(told.event.interaction.reason, '••• ••• said goodbye to •••');
    assert.equal(told.event.message?.buttonId, 'pay-••• •••');
    assert.equal(told.event.delivery?.errorText, 'Message to ••• ••• failed');
    const wordless = maskEvent(event, { masks: ['text'], sensitive: none }).event;
    assert.deepEqual([wordless.message?.text, wordless.message?.buttonId], ['•••', '•••']);
    assert.equal(wordless.message?.reason, '••• is busy');
  });

  it('says that a button was hidden where there is no other text', () => {
    const message = { ...incomingEvent().message!, text: '', buttonId: 'yes' };
    const { masked } = maskEvent(incomingEvent({ message }), { masks: ['text'], sensitive: none });
    assert.deepEqual(masked, ['text']);
  });

  it('takes the values of sensitive variables out of the interaction', () => {
    const plain = incomingEvent();
    const interaction = { ...plain.interaction, variables: { PIN: '1', ORDER: '2' } };
    const { event, masked } = maskEvent(
      { ...plain, interaction },
      { masks: [], sensitive: { names: new Set(['PIN']), defaults: [] } },
    );
    assert.deepEqual(event.interaction.variables, { ORDER: '2' });
    assert.deepEqual(masked, ['variables']);
  });

  it('keeps the last four digits, and of a short number nothing', () => {
    assert.equal(maskPhone('+39 333 1234567'), '•••4567');
    assert.equal(maskPhone('1234'), '•••');
  });
});

describe('hiding words in other texts', () => {
  it('finds them inside, also percent-encoded, and short ones only alone', () => {
    const hide = hiderOf(undefined, [], ['a b', 'x']);
    assert.equal(hide?.('?q=a%20b&r=a b'), '?q=•••&r=•••');
    assert.equal(hide?.('x'), '•••');
    assert.equal(hide?.('xyz'), 'xyz');
  });

  it('finds them as forms and JSON spell them', () => {
    const hide = hiderOf(undefined, [], ['a "b"']);
    assert.equal(hide?.('x=a+%22b%22'), 'x=•••');
    assert.equal(hide?.(JSON.stringify({ x: 'a "b"' })), '{"x":"•••"}');
  });

  it('finds all that came with a message: shared contacts, places, files, buttons, adverts', () => {
    const told = {
      phone: ['+39 333 9999999', '393339999999'],
      name: ['Bo Li'],
      text: ['Via Roma 1', 'At home', 'id.png', 'https://x/id', 'pay', 'A sale', 'Come', '45.4642'],
    };
    const message = {
      ...incomingEvent().message!,
      media: [{ type: 'image', fileName: 'id.png', url: 'https://x/id' }],
      buttonId: 'pay',
      location: { latitude: 45.4642, longitude: 9.19, name: 'At home', address: 'Via Roma 1' },
      referral: { headline: 'A sale', body: 'Come', sourceUrl: 'https://x/ad' },
      contacts: [{ name: 'Bo Li', phones: ['+39 333 9999999'] }],
    };
    const event = incomingEvent({ message });
    for (const mask of logMasks) {
      for (const word of told[mask]) {
        assert.equal(hiderOf(event, [mask], [])?.(`It is ${word}.`), 'It is •••.');
      }
    }
  });

  it('needs no work where there is nothing to hide', () => {
    assert.equal(hiderOf(incomingEvent(), [], []), undefined);
  });

  it('leaves no longer secret in any text', () => {
    const secret = fc.string({ minLength: 3 }).filter((text) => !'•••'.includes(text));
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (word, before, after) => {
        const told = hiderOf(undefined, [], [word])?.(`${before}${word}${after}`) ?? '';
        assert.ok(told.includes('•••'));
      }),
    );
  });
});
