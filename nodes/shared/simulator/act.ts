import type { Agent } from '../../../src/event/event.ts';
import type { ActFailure, ActRequest, AgentView } from '../../../src/simulator/protocol.ts';
import type { Offer } from '../../../src/store/offers.ts';
import type { House, LiveAccount } from '../house.ts';

/** Closed with it where the simulator gives no reason. */
const plainReason = 'simulator';

/** Does what an agent would do with an interaction of a simulator account; answers why it could not. */
export async function actOn(
  house: House,
  account: LiveAccount,
  request: ActRequest,
): Promise<ActFailure | undefined> {
  return request.act === 'close' ? close(account, request) : answer(house, account, request);
}

/** Those who may answer the offers of an account; undefined = it has no queue. */
export function agentsOf(house: House, account: LiveAccount): readonly AgentView[] | undefined {
  const queue = house.queues.get(account.policy.queue?.id ?? '');
  if (!queue) return undefined;
  const agents = house.desktops.get(queue.desktopId)?.agents ?? [];
  return agents
    .filter(({ username }) => queue.agents.length === 0 || queue.agents.includes(username))
    .map(({ username, name }) => ({ username, name }));
}

async function close(
  { inbox }: LiveAccount,
  { interaction: interactionId, reason = plainReason }: ActRequest,
): Promise<ActFailure | undefined> {
  const { found } = await inbox.change((handOut) =>
    inbox.store.closeInteraction({ interactionId, reason }, Date.now(), handOut),
  );
  return found ? undefined : failure('notOpen', 'The interaction is not open.');
}

async function answer(
  house: House,
  account: LiveAccount,
  { interaction, act, agent: wanted, reason }: ActRequest,
): Promise<ActFailure | undefined> {
  const agents = agentsOf(house, account);
  if (!agents) return failure('noQueue', 'The account has no queue: nothing is offered to agents.');
  const { inbox } = account;
  const offers = await inbox.store.offers([account.policy.queue?.id ?? '']);
  const offer = offers.find(({ event }) => event.interaction.id === interaction);
  if (!offer) return failure('noOffer', 'The interaction is not on offer.');
  const agent = agents.find(({ username }) => username === (wanted ?? nextFor(offer, agents)));
  if (!agent) return failure('noAgent', 'There is no such agent.');
  const settled = await inbox.change((handOut) =>
    inbox.store.answerOffer(
      {
        offerId: offer.id,
        interactionId: interaction,
        agent: agent satisfies Agent,
        answer: act === 'accept' ? 'accepted' : 'rejected',
        ...(reason === undefined ? {} : { reason }),
        candidates: agents.map(({ username }) => username),
        now: Date.now(),
      },
      handOut,
    ),
  );
  return settled.won ? undefined : failure('noOffer', 'The offer does not stand for this agent.');
}

/** Whose turn it is, else the first who has not rejected it. */
function nextFor({ offeredTo, rejectedBy }: Offer, agents: readonly AgentView[]) {
  return offeredTo ?? agents.find(({ username }) => !rejectedBy.includes(username))?.username;
}

export function failure(reason: ActFailure['reason'], error: string): ActFailure {
  return { reason, error };
}
