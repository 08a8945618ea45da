import { useState } from 'preact/hooks';
import type { MediaView } from '../../interaction-view.ts';
import { webAddress } from '../model/address.ts';
import { nameOr, safeText } from '../model/text.ts';
import { Icon, type IconName } from './icons.tsx';
import { MessageText } from './message-text.tsx';
import { useWords } from './use-words.ts';

interface Props {
  readonly media: MediaView;
}

/** Shown at once where the desktop itself serves it; what a provider keeps is opened by a click. */
export function Media({ media }: Props) {
  const words = useWords().talk.media;
  const [lost, setLost] = useState(false);
  const { type, fileName, caption } = media;
  const kind = Object.hasOwn(words, type) && type !== 'open' ? words[type as 'image'] : words.other;
  const name = nameOr(fileName ?? '', kind);
  return (
    <>
      {!lost && isShown(media) ? (
        <Shown
          type={media.type}
          href={media.href}
          name={nameOr(caption ?? '', name)}
          onLost={() => setLost(true)}
        />
      ) : (
        <File media={media} name={name} kind={kind} />
      )}
      {caption && <MessageText text={caption} />}
    </>
  );
}

const shownTypes = ['image', 'sticker', 'audio', 'voice', 'video'] as const;
type ShownType = (typeof shownTypes)[number];

function isShown(
  media: MediaView,
): media is MediaView & { readonly type: ShownType; readonly href: string } {
  const types: readonly string[] = shownTypes;
  return types.includes(media.type) && isOwn(media.href);
}

function isOwn(href: string | undefined): href is string {
  return href?.startsWith('media/') ?? false;
}

interface ShownProps {
  readonly type: ShownType;
  readonly href: string;
  readonly name: string;
  /** It cannot be had, as when the provider keeps it no longer. */
  readonly onLost: () => void;
}

function Shown({ type, href, name, onLost }: ShownProps) {
  switch (type) {
    case 'image':
      return (
        <a class="picture" href={href} target="_blank" rel="noopener noreferrer">
          <img src={href} alt={name} loading="lazy" decoding="async" onError={onLost} />
        </a>
      );
    case 'sticker':
      return <img class="sticker" src={href} alt={name} loading="lazy" onError={onLost} />;
    case 'audio':
    case 'voice':
      return (
        <audio
          class="sound"
          src={href}
          aria-label={name}
          controls
          preload="none"
          onError={onLost}
        />
      );
    case 'video':
      return (
        <video
          class="picture"
          src={href}
          aria-label={name}
          controls
          preload="metadata"
          onError={onLost}
        />
      );
    default:
      return type satisfies never;
  }
}

const icons: Readonly<Record<ShownType, IconName>> = {
  image: 'image',
  sticker: 'image',
  video: 'video',
  audio: 'sound',
  voice: 'sound',
};

interface FileProps extends Props {
  readonly name: string;
  /** What it is, in the agent's language. */
  readonly kind: string;
}

function File({ media: { type, mimeType, href }, name, kind }: FileProps) {
  const words = useWords().talk.media;
  const address = isOwn(href) ? href : webAddress(href ?? '');
  const label = (
    <>
      <Icon name={Object.hasOwn(icons, type) ? icons[type as ShownType] : 'file'} />
      <span class="media-text">
        <bdi class="media-name">{name}</bdi>
        <small>{name === kind ? safeText(mimeType ?? '') : kind}</small>
      </span>
    </>
  );
  if (address === undefined) return <span class="media">{label}</span>;
  return (
    <a class="media" href={address} target="_blank" rel="noopener noreferrer" title={words.open}>
      {label}
      <Icon name="out" />
    </a>
  );
}
