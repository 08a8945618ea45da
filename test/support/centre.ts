/** The contact centre of the agents' end-to-end tests, with whoever is at work in it. */
import { randomUUID } from 'node:crypto';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { type Account, agentsFlow, issuer, type Person, write } from '../e2e/agents-flow.ts';
import { type AgentAtWork, comeIn } from './agents-at-work.ts';
import { type Crm, type CrmRequest, startCrm } from './crm.ts';
import { type NodeRed, startNodeRed } from './node-red-process.ts';

export interface Centre {
  readonly nodeRed: NodeRed;
  readonly crm: Crm;
  /** The address of the agents' page. */
  readonly desk: string;
  /** An agent opens the page in a browser of their own. */
  arrive(person: Person, options?: BrowserContextOptions, desk?: string): Promise<AgentAtWork>;
  /** An agent is sent in anew, in the browser that they have. */
  comeBack(page: Page, person: Person): Promise<void>;
  write(account: Account, name: string, text: string): Promise<void>;
  /** The event of that name about a customer, as the CRM is told of it. */
  event(
    name: string,
    customer: string,
    wanted?: (query: URLSearchParams) => boolean,
  ): Promise<URLSearchParams>;
  /** What browsers complained about. */
  complaints(): readonly string[];
}

/** Runs for the whole describe block. */
export function useCentre(): () => Centre {
  let centre: Centre;
  const pages: AgentAtWork[] = [];

  before(async () => {
    const crm = await startCrm();
    const nodeRed = await startNodeRed({ flows: agentsFlow(crm) });
    const desk = `${nodeRed.url}/agents/`;
    const tokenOf = (sub: string): string => issuer.issue({ sub, jti: randomUUID() });
    centre = {
      nodeRed,
      crm,
      desk,
      async arrive({ username }, options, url = desk) {
        const agent = await comeIn(url, tokenOf(username), options);
        pages.push(agent);
        return agent;
      },
      async comeBack(page, { username }) {
        await page.goto(`${desk}#token=${tokenOf(username)}`);
      },
      write: (account, name, text) => write(nodeRed, account, name, text),
      async event(name, customer, wanted = () => true) {
        const isIt = ({ query }: CrmRequest) =>
          query.get('event') === name && query.get('calleridname') === customer && wanted(query);
        return (await crm.request('/events', isIt)).query;
      },
      complaints: () => pages.flatMap((page) => page.complaints),
    };
  });
  after(async () => {
    await Promise.all(pages.map((page) => page.close()));
    await centre?.nodeRed.remove();
    await centre?.crm.close();
  });
  return () => centre;
}
