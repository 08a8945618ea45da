import { createClient } from '../../forward/client.ts';
import type { Answer } from '../../forward/answer.ts';
import { createTargetPolicy, type TargetPolicy } from '../../forward/target.ts';
import { covers, frameRule, type FrameRule, mayFrame } from './framing.ts';

/** Why a dashboard tab cannot show an address: its site does not want it, or the desktop's list lacks it. */
export type FrameRefusal = 'refused' | 'unlisted';

/** Finds out which sites refuse to be shown in a frame, so that agents get a tab instead of a grey box. */
export interface FrameCheck {
  /** Asks a site once in a while. Never rejects, and never takes long: who does not answer is not known. */
  look(url: string): Promise<void>;
  /** What is known of an address, for a page of ours at `origin`. */
  refusal(url: string, origin: string): FrameRefusal | undefined;
  /** Whether the site of an address has said anything. */
  knows(url: string): boolean;
  close(): void;
}

export interface FrameCheckOptions {
  /** Hosts that a dashboard tab may show; none = any. */
  readonly frames: readonly string[];
  readonly now: () => number;
  /** The strict one unless a test brings its own: no private or local address is ever asked. */
  readonly policy?: TargetPolicy;
}

/** Milliseconds. */
const patience = 1500;
const keptFor = { known: 10 * 60_000, unknown: 60_000 };
const mostKept = 500;
const mostAsking = 8;
const mostHops = 3;

interface Finding {
  /** Undefined when the site could not be asked. */
  readonly rule?: FrameRule;
  /** Where the answer came from in the end. */
  readonly site: URL;
  readonly until: number;
}

export function createFrameCheck(options: FrameCheckOptions): FrameCheck {
  const { frames, now } = options;
  const client = createClient(options.policy ?? createTargetPolicy([]));
  const findings = new Map<string, Finding>();
  const asking = new Map<string, Promise<void>>();
  const ending = new AbortController();

  function keep(place: string, finding: Omit<Finding, 'until'>): void {
    findings.delete(place);
    const time = finding.rule ? keptFor.known : keptFor.unknown;
    findings.set(place, { ...finding, until: now() + time });
    const [oldest] = findings.keys();
    if (findings.size > mostKept && oldest !== undefined) findings.delete(oldest);
  }

  /** Without query and fragment: what stands there is of one customer, and may have effects. */
  async function ask(place: string, { origin, pathname }: URL): Promise<void> {
    const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(patience)]);
    let site = new URL(origin + pathname);
    for (let hop = 0; hop <= mostHops; hop++) {
      const answer = await headersOf(client, site, signal);
      if (!answer) break;
      const next = redirectOf(answer, site);
      if (!next) return keep(place, { rule: frameRule(answer.headers), site });
      site = next;
    }
    keep(place, { site });
  }

  return {
    async look(url) {
      const target = webUrl(url);
      if (!target || !isListed(frames, target)) return;
      const place = placeOf(target);
      if ((findings.get(place)?.until ?? 0) > now()) return;
      const known = asking.get(place);
      if (known) return known;
      if (asking.size >= mostAsking) return;
      const task = ask(place, target).finally(() => asking.delete(place));
      asking.set(place, task);
      return task;
    },
    refusal(url, origin) {
      const target = webUrl(url);
      if (!target) return undefined;
      if (!isListed(frames, target)) return 'unlisted';
      const { rule, site } = findings.get(placeOf(target)) ?? {};
      const framer = URL.parse(origin);
      if (!rule || !site || !framer) return undefined;
      return mayFrame(rule, site, framer) ? undefined : 'refused';
    },
    knows(url) {
      const target = webUrl(url);
      return target !== undefined && findings.get(placeOf(target))?.rule !== undefined;
    },
    close() {
      ending.abort();
      client.close();
    },
  };
}

function webUrl(url: string): URL | undefined {
  const parsed = URL.parse(url);
  return parsed && /^https?:$/.test(parsed.protocol) ? parsed : undefined;
}

/** The programs of a host differ by their first folder; what follows may be of one customer. */
function placeOf({ origin, pathname }: URL): string {
  return `${origin}/${pathname.split('/')[1] ?? ''}`;
}

/** As the page's own policy decides it: an entry without a scheme is for both. */
function isListed(frames: readonly string[], target: URL): boolean {
  return frames.length === 0 || frames.some((host) => covers(withScheme(host), target, target));
}

function withScheme(host: string): string {
  return /^https?:\/\//i.test(host) ? host : `http://${host}`;
}

/** HEAD changes nothing on the other side; a server that does not know it is asked for the page. */
async function headersOf(
  client: ReturnType<typeof createClient>,
  url: URL,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  for (const method of ['HEAD', 'GET'] as const) {
    const request = { method, url: url.href, headers: asked, body: '', timeout: patience };
    const { answer } = await client.send(request, {}, signal);
    if (!answer || ![405, 501].includes(answer.statusCode)) return answer;
  }
  return undefined;
}

const asked = {
  Accept: 'text/html',
  'User-Agent': 'node-red-contrib-whatsapp-triggers',
  'Sec-Fetch-Dest': 'iframe',
};

function redirectOf({ statusCode, headers }: Answer, from: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode) || !headers.location) return undefined;
  const next = URL.parse(headers.location, from);
  return next && /^https?:$/.test(next.protocol) ? next : undefined;
}
