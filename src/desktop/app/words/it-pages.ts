import type { Words } from './en.ts';

export const italianPages: Words['pages'] = {
  name: 'Pagine',
  home: 'Inizio',
  none: 'Per ora non c’è nulla da mostrare',
  noneHint: 'I popup e le pagine dei clienti si aprono qui da soli.',
  missed: 'Persi',
  recent: 'Recenti',
  elsewhere: 'non mostrato qui',
  untitled: { popup: 'Popup', cti: 'Pagina' },
  close: 'Chiudi',
  closeOf: (title) => `Chiudi ${title}`,
  more: (count) => (count === 1 ? '1 altro popup' : `altri ${count} popup`),
  gone: (count) =>
    count === 1
      ? '1 popup precedente è in “Recenti”.'
      : `${count} popup precedenti sono in “Recenti”.`,
  clear: 'Chiudi tutti',
  outside: 'Apri in una scheda del browser',
  pin: 'Fissa',
  unpin: 'Sblocca',
  reload: 'Ricarica',
  held: {
    name: 'Pagine in attesa',
    blocked:
      'Il browser ha bloccato una pagina. Consenti i popup per questo sito perché le pagine si aprano da sole.',
    full: (limit) => `Ci sono ${limit} schede aperte. Chiudine una per fare posto.`,
    typing: 'Stavi scrivendo. Quello che è arrivato si apre quando smetti.',
    flood: 'Sono arrivate molte pagine insieme. Apri quelle che ti servono.',
    more: (count) => (count === 1 ? '1 altra pagina aspetta' : `altre ${count} pagine aspettano`),
  },
  refused: (host) => `${host} non si lascia mostrare qui dentro.`,
  unlisted: (host) => `${host} non è tra i siti che possono essere mostrati qui dentro.`,
  insecure: (host) => `${host} è indicato senza https e non può essere mostrato qui dentro.`,
  ready: {
    title: 'Questo browser è pronto?',
    text: 'Le pagine dei clienti si aprono da sole. Una volta sola bisogna dire al browser che possono farlo.',
    test: 'Prova le finestre',
    good: 'Le finestre possono aprirsi da sole.',
    blocked:
      'Il browser ha bloccato la finestra. Scegli il simbolo in fondo alla barra degli indirizzi, consenti sempre i popup per questo sito, poi riprova.',
    notify: 'Consenti le notifiche',
    notifyGood: 'Le notifiche ti avvisano delle offerte mentre guardi altrove.',
    notifyDenied:
      'Qui le notifiche sono disattivate. Si possono consentire nelle impostazioni del browser per questo sito.',
    done: 'Fatto',
    later: 'Non ora',
  },
  open: 'Apri',
  dismissOf: (title) => `Ignora ${title}`,
  popup: (title) => `Popup: ${title}`,
  tab: (title) => `Scheda: ${title}`,
  withdrawn: (title) => `“${title}” ora è di un collega.`,
  withdrawnMany: (count) => `${count} popup ora sono di colleghi.`,
  waits: (title) => `${title} attende di essere aperta.`,
  noAddress: (title) => `“${title}” non ha un indirizzo web e non è stata aperta.`,
};
