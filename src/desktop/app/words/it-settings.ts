import type { Words } from './en.ts';

export const italianSettings: Words['settings'] = {
  button: 'Impostazioni',
  sound: 'Suono per le offerte',
  notifications: 'Notifiche del browser',
  notificationsAsk: 'Consenti',
  notificationsDenied: 'Il browser non le consente per questo sito.',
  shortcuts: 'Scorciatoie da tastiera',
  language: 'Lingua',
  browserLanguage: 'Come la postazione',
  list: 'Mostra tutte le scorciatoie',
};

export const italianKeys: Words['keys'] = {
  title: 'Scorciatoie da tastiera',
  accept: 'Accetta la prima offerta',
  reject: 'Rifiuta la prima offerta',
  next: 'Conversazione successiva',
  previous: 'Conversazione precedente',
  unread: 'Prossima conversazione non letta',
  reply: 'Scrivi una risposta',
  send: 'Invia la risposta',
  line: 'A capo nella risposta',
  pause: 'Disponibile o in pausa',
  close: 'Chiudi interazione',
  popup: 'Chiudi il popup in primo piano',
  help: 'Questo elenco',
};
