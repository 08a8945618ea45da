import type { Location } from '../../../event/event.ts';
import type { MessageView } from '../../interaction-view.ts';
import { hourText } from '../model/calendar.ts';
import { nameOr, safeText } from '../model/text.ts';
import { Icon, Ticks } from './icons.tsx';
import { MessageText } from './message-text.tsx';
import { Media } from './media.tsx';
import { memo } from './memo.ts';
import { useLocale, useWords } from './use-words.ts';

interface Props {
  readonly message: MessageView;
  readonly contact: string;
  /** The name of the agent who looks at it: what they wrote needs no name. */
  readonly me: string;
  /** By this browser's clock. */
  readonly at: number;
  readonly first: boolean;
  readonly last: boolean;
}

export const Message = memo(({ message, contact, me, at, first, last }: Props) => {
  const words = useWords().talk;
  const { verb, text, media, location, status } = message;
  const writer = verb === 'incoming' ? contact : nameOr(message.by ?? '', words.flow);
  const empty = text === '' && media.length === 0 && !location;
  return (
    <div class={`message ${verb}${last ? ' last' : ''}`}>
      {first && verb === 'outgoing' && message.by !== me && (
        <p class="message-by" aria-hidden="true">
          <bdi>{writer}</bdi>
        </p>
      )}
      <div class={status === 'failed' ? 'bubble failed' : 'bubble'}>
        <span class="spoken">{writer}: </span>
        {media.map((each, index) => (
          <Media key={index} media={each} />
        ))}
        {location && <Place location={location} />}
        {message.buttonId && <p class="pressed">{words.button}</p>}
        {text !== '' && <MessageText text={text} />}
        {empty && <p class="unsupported">{words.unsupported}</p>}
        <Foot message={message} at={at} />
      </div>
      {message.errorText && <p class="message-error">{safeText(message.errorText)}</p>}
    </div>
  );
});

function Foot({ message: { status, verb }, at }: Pick<Props, 'message' | 'at'>) {
  const words = useWords().talk;
  const locale = useLocale();
  return (
    <span class="bubble-foot">
      <time>{hourText(at, locale)}</time>
      {verb === 'outgoing' && status && (
        <>
          <Ticks status={status} />
          <span class="spoken">{words.ticks[status]}</span>
        </>
      )}
    </span>
  );
}

function Place({ location }: { readonly location: Location }) {
  const words = useWords().talk;
  const { latitude, longitude, name, address } = location;
  const spot = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  const query = new URLSearchParams({ mlat: String(latitude), mlon: String(longitude) });
  return (
    <a
      class="media"
      href={`https://www.openstreetmap.org/?${query}`}
      target="_blank"
      rel="noopener noreferrer"
      title={words.map}
    >
      <Icon name="pin" />
      <span class="media-text">
        <bdi class="media-name">{nameOr(name ?? '', words.location)}</bdi>
        <small>{nameOr(address ?? '', spot)}</small>
      </span>
      <Icon name="out" />
    </a>
  );
}
