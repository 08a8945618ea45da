import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { asTriggerError } from '../../errors.ts';
import type { Media } from '../../event/event.ts';
import type { MediaFile } from '../../send/fetch-media.ts';
import { partOf, rangeOf } from './byte-range.ts';
import type { Connection } from './connection.ts';
import { createGate, type Gate, GateFull } from './gate.ts';
import type { HistorySource } from './history-desk.ts';
import { HttpFault } from './http-fault.ts';
import type { InteractionDesk } from './interaction-desk.ts';
import { mediaHeaders } from './media-headers.ts';

/** Where the files behind messages come from. */
export interface MediaFiles {
  /** Whether the account's provider gives them out to us. */
  readonly canFetch: (accountId: string, media: Media) => boolean;
  fetch(accountId: string, media: Media): Promise<MediaFile>;
}

export interface MediaDeskOptions extends Pick<InteractionDesk, 'admitted'> {
  readonly source: Pick<HistorySource, 'saidIn'>;
  readonly files: MediaFiles;
}

export interface MediaAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Readable;
}

/** Gives agents the files of the conversations that they may read, and no others. */
export interface MediaDesk {
  /** `path` as `MediaView.href` says it. Throws HttpFault with what to answer otherwise. */
  answer(
    visitor: Pick<Connection, 'agent'>,
    path: string,
    range: string | undefined,
  ): Promise<MediaAnswer>;
}

/** Files that one agent gets at a time, and that wait for these: a long conversation may have many. */
const atOnce = 6;
const mostWaiting = 200;

const pattern = /^media\/([\w-]{1,128})\/(\d{1,15})\/(\d{1,3})$/;

export function createMediaDesk({ source, files, admitted }: MediaDeskOptions): MediaDesk {
  const gates = new Map<string, Gate>();

  function gateOf(username: string): Gate {
    const gate = gates.get(username) ?? createGate(atOnce, mostWaiting);
    gates.set(username, gate);
    return gate;
  }

  /** What is not theirs and what is not there look alike to who asks. */
  async function find(visitor: Pick<Connection, 'agent'>, path: string) {
    const [, interactionId = '', seq, index] = pattern.exec(path) ?? [];
    const open = interactionId === '' ? undefined : await admitted(visitor, interactionId);
    const said = open && (await source.saidIn(interactionId, Number(seq)));
    const media = said?.message.media[Number(index)];
    if (!said || !media || !files.canFetch(said.account, media)) {
      throw new HttpFault(404, 'There is no such file.');
    }
    return { accountId: said.account, media };
  }

  /** The place is free again when the file has gone out whole, or nobody wants it any more. */
  function inLine(gate: Gate, fetch: () => Promise<MediaFile>): Promise<MediaFile> {
    return new Promise((resolve, reject) => {
      gate(async () => {
        const file = await fetch();
        resolve(file);
        await finished(file.stream).catch(() => undefined);
      }).catch(reject);
    });
  }

  return {
    async answer(visitor, path, range) {
      const { accountId, media } = await find(visitor, path);
      const gate = gateOf(visitor.agent.username);
      try {
        const file = await inLine(gate, () => files.fetch(accountId, media));
        return answerWith(file, media, range);
      } catch (error) {
        throw faultOf(error);
      }
    },
  };
}

function answerWith(
  { stream, mimeType, size, fileName }: MediaFile,
  media: Media,
  header: string | undefined,
): MediaAnswer {
  const headers = mediaHeaders(mimeType, fileName ?? media.fileName);
  if (size === undefined) return { status: 200, headers, body: stream };
  const range = rangeOf(header, size);
  const ranged = { ...headers, 'Accept-Ranges': 'bytes' };
  if (range === 'beyond') {
    stream.destroy();
    return { status: 416, headers: { ...ranged, 'Content-Range': `bytes */${size}` } };
  }
  if (!range) {
    return { status: 200, headers: { ...ranged, 'Content-Length': String(size) }, body: stream };
  }
  const { from, to } = range;
  return {
    status: 206,
    headers: {
      ...ranged,
      'Content-Range': `bytes ${from}-${to}/${size}`,
      'Content-Length': String(to - from + 1),
    },
    body: partOf(stream, range),
  };
}

function faultOf(error: unknown): HttpFault {
  if (error instanceof GateFull) {
    return new HttpFault(503, 'Too many files at a time.', { 'Retry-After': '5' });
  }
  const { details } = asTriggerError(error, 'E_PROVIDER');
  const isGone = [404, 410].includes(Number(details['statusCode']));
  if (isGone) return new HttpFault(404, 'The provider has the file no more.');
  return new HttpFault(502, 'The provider did not give out the file.');
}
