import type { TriggerStore } from './contract.ts';

/**
 * A store that is still being opened, as a store: calls wait for it, and fail with its refusal when
 * it cannot be used. Nodes are made synchronously and need one from the start.
 */
export function deferredStore(opening: Promise<TriggerStore>): TriggerStore {
  const when =
    <Name extends keyof TriggerStore>(name: Name) =>
    async (...args: Parameters<TriggerStore[Name]>) => {
      const method = (await opening)[name] as (...given: typeof args) => Promise<never>;
      return method(...args);
    };
  return {
    ingest: when('ingest'),
    quarantine: when('quarantine'),
    quarantined: when('quarantined'),
    take: when('take'),
    finish: when('finish'),
    setPolicy: when('setPolicy'),
    sweep: when('sweep'),
    offers: when('offers'),
    offerShown: when('offerShown'),
    offerTo: when('offerTo'),
    turns: when('turns'),
    answerOffer: when('answerOffer'),
    addPage: when('addPage'),
    pagesWaiting: when('pagesWaiting'),
    pagesMissed: when('pagesMissed'),
    pagesShown: when('pagesShown'),
    claimPages: when('claimPages'),
    keepForward: when('keepForward'),
    forward: when('forward'),
    forwardsPending: when('forwardsPending'),
    changeForward: when('changeForward'),
    resendForwards: when('resendForwards'),
    removeForwards: when('removeForwards'),
    cancelForwards: when('cancelForwards'),
    forwards: when('forwards'),
    countForwards: when('countForwards'),
    beginSend: when('beginSend'),
    endSend: when('endSend'),
    sendsUnder: when('sendsUnder'),
    contactWindow: when('contactWindow'),
    closeInteraction: when('closeInteraction'),
    assignInteraction: when('assignInteraction'),
    transferInteraction: when('transferInteraction'),
    releaseInteractions: when('releaseInteractions'),
    setVariables: when('setVariables'),
    conversation: when('conversation'),
    interactionsOf: when('interactionsOf'),
    openInteraction: when('openInteraction'),
    earlierInteractions: when('earlierInteractions'),
    earlierConversation: when('earlierConversation'),
    saidIn: when('saidIn'),
    markRead: when('markRead'),
    heardAt: when('heardAt'),
    measure: when('measure'),
    close: () =>
      opening.then(
        (store) => store.close(),
        () => undefined,
      ),
  };
}
