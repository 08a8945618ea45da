import type { NodeAPI } from 'node-red';
import type { MediaFiles } from '../../src/desktop/server/media-desk.ts';
import { providers } from '../../src/provider/registry.ts';
import { fetchMedia } from '../../src/send/fetch-media.ts';
import { accountOf } from '../shared/account.ts';
import { houseOf } from '../shared/house.ts';

/** The files behind the messages of all accounts, with the token that each account has. */
export function mediaOfAccounts(RED: NodeAPI): MediaFiles {
  return {
    canFetch(accountId, media) {
      const account = houseOf(RED).accounts.get(accountId);
      if (!account) return false;
      const sender = providers.get(account.provider)?.sender;
      return sender?.mediaSource(media, account, '') !== undefined;
    },
    fetch: async (accountId, media) => fetchMedia(accountOf(RED, accountId), media),
  };
}
