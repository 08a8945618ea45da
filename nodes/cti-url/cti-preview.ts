import type { NodeAPI } from 'node-red';
import * as v from 'valibot';
import { createFrameCheck } from '../../src/desktop/server/frames.ts';
import { TriggerError } from '../../src/errors.ts';
import { createFilling } from '../shared/field.ts';
import { type Asked, attachPreview } from '../shared/preview/route.ts';
import type { CtiPreview, FramingAnswer } from '../shared/preview/protocol.ts';
import { maskedScene } from '../shared/preview/scene.ts';
import { flatVariables, shareableVariables } from '../shared/variables/variables.ts';
import { createUrl } from './cti-address.ts';
import { readCti } from './cti-config.ts';

/**
 * What a cti-url node would open for a message; and, asked for itself because a stranger's site is asked
 * then, whether the site lets a dashboard tab show it.
 */
export function attachCtiPreview(RED: NodeAPI): void {
  attachPreview(RED, 'cti-url', (asked) => preview(RED, asked));
  attachPreview(RED, 'cti-url/framing', framing);
}

async function preview(RED: NodeAPI, asked: Asked): Promise<CtiPreview> {
  const { RED: masked, node, msg } = maskedScene(RED, asked);
  const config = readCti(asked.config);
  const [plain, full] = await Promise.all(
    [false, true].map((eventVariables) =>
      createUrl(masked, node, { ...config, eventVariables })(msg),
    ),
  );
  if (!plain || !full) throw new TriggerError('E_URL', 'There is no URL.');
  const named = namesIn(plain.url);
  const others = shareableVariables(masked, flatVariables(masked, msg)).map(([name]) => name);
  const tabTitle = await createFilling(masked, node, config.tabTitle, 'text').fill(msg);
  return {
    url: config.eventVariables ? full.url : plain.url,
    added: [...namesIn(full.url)].filter((name) => !named.has(name)),
    collided: others.filter((name) => named.has(name)),
    tabTitle: tabTitle.text,
    missing: [...new Set([...plain.missing, ...tabTitle.missing])],
  };
}

function namesIn(url: string): Set<string> {
  return new Set(new URL(url).searchParams.keys());
}

const framed = v.object({ url: v.string(), frames: v.optional(v.array(v.string()), []) });

async function framing({ config, origin }: Asked): Promise<FramingAnswer> {
  const { url, frames } = v.parse(framed, config);
  const check = createFrameCheck({ frames, now: Date.now });
  try {
    await check.look(url);
    return { framing: check.refusal(url, origin) ?? (check.knows(url) ? 'allowed' : 'unknown') };
  } finally {
    check.close();
  }
}
