import type { Location } from '../../../event/event.ts';
import type { MediaView, MessageView } from '../../protocol.ts';
import { webAddress } from '../model/address.ts';
import { hourText } from '../model/calendar.ts';
import { nameOr, safeText } from '../model/text.ts';
import { Icon, Ticks, type IconName } from './icons.tsx';
import { MessageText } from './message-text.tsx';
import { useLocale } from './use-locale.ts';
import { useWords } from './use-words.ts';

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

export function Message({ message, contact, me, at, first, last }: Props) {
  const words = useWords().talk;
  const { verb, text, media, location, status } = message;
  const writer = verb === 'incoming' ? contact : nameOr(message.by ?? '', words.flow);
  const empty = text === '' && media.length === 0 && !location;
  return (
    <div class={`message ${verb}${first ? ' first' : ''}${last ? ' last' : ''}`}>
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
}

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

const mediaIcons: Readonly<Record<string, IconName>> = {
  image: 'image',
  sticker: 'image',
  video: 'video',
  audio: 'sound',
  voice: 'sound',
};

/** Nothing is loaded by itself: a click opens it, where the provider keeps it. */
function Media({
  media: { type, fileName, caption, mimeType, href },
}: {
  readonly media: MediaView;
}) {
  const words = useWords().talk.media;
  const kind = Object.hasOwn(words, type) && type !== 'open' ? words[type as 'image'] : words.other;
  const name = nameOr(fileName ?? '', kind);
  const address = href === undefined ? undefined : webAddress(href);
  const icon = Object.hasOwn(mediaIcons, type) ? mediaIcons[type] : 'file';
  const label = (
    <>
      <Icon name={icon ?? 'file'} />
      <span class="media-text">
        <bdi class="media-name">{name}</bdi>
        <small>{name === kind ? safeText(mimeType ?? '') : kind}</small>
      </span>
    </>
  );
  return (
    <>
      {address === undefined ? (
        <span class="media">{label}</span>
      ) : (
        <a
          class="media"
          href={address}
          target="_blank"
          rel="noopener noreferrer"
          title={words.open}
        >
          {label}
          <Icon name="out" />
        </a>
      )}
      {caption && <MessageText text={caption} />}
    </>
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
