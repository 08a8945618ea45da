import { englishBoard } from './en-board.ts';
import { englishPages } from './en-pages.ts';
import { englishKeys, englishSettings } from './en-settings.ts';

/**
 * Every text of the page, in English: the catalogue that the other languages are measured by. The
 * accessible names in it are part of the public contract.
 */
export const english = {
  desktop: 'Agent desktop',
  opening: 'Opening…',
  unreachable: 'The server cannot be reached. Trying again…',
  login: {
    username: 'User name',
    password: 'Password',
    button: 'Log in',
    ended: 'Your session has ended. Log in again.',
    left: 'You have logged out.',
    wrong: 'The user name or the password is wrong.',
    later: (wait: string) => `Too many tries. Wait ${wait}, then try again.`,
    seconds: (count: number) => (count === 1 ? '1 second' : `${count} seconds`),
    minutes: (count: number) => (count === 1 ? '1 minute' : `${count} minutes`),
    unreachable: 'The server cannot be reached. Check the connection and try again.',
    refused:
      'Your login was not accepted. Open this page again from where you came, or log in here.',
  },
  top: {
    views: 'Views',
    inbox: 'Conversations',
    pages: 'Pages',
    board: 'Board',
    logOut: 'Log out',
    stillIn: 'The server cannot be reached: you are still logged in.',
    reconnecting: 'Reconnecting… Offers and messages come as soon as the connection is back.',
    dismiss: 'Dismiss',
    supervisor: 'Supervisor',
  },
  status: {
    name: 'Ready for offers',
    ready: 'Ready',
    pause: 'Pause',
    paused: 'On pause',
    since: (time: string) => `Since ${time}`,
    sinceDay: (day: string) => `Since ${day}`,
    pauseHint: 'Take a pause: no new offers come.',
    readyHint: 'Be ready for offers again.',
    nowReady: 'You are ready for offers.',
    nowPaused: 'You are on pause: no new offers come.',
  },
  offers: {
    title: 'Offers',
    none: 'Nothing waits for you.',
    nonePaused: 'You are on pause. New conversations go to your colleagues.',
    accept: 'Accept',
    reject: 'Reject',
    unknown: 'Unknown contact',
    fresh: (contact: string) => `Offer: ${contact}`,
    freshMany: (count: number) => `${count} new offers`,
    won: (contact: string) => `You took the conversation with ${contact}.`,
    lost: (contact: string) => `The conversation with ${contact} is no longer on offer.`,
    lostTo: (contact: string, by: string) => `${by} took the conversation with ${contact}.`,
  },
  inbox: {
    title: 'My conversations',
    none: 'Conversations that you accept stay here until they are closed.',
    unread: (count: number) => (count === 1 ? '1 unread message' : `${count} unread messages`),
    draft: 'Draft',
    choose: 'No conversation is open',
    chooseHint: 'Accept an offer, or choose one of your conversations.',
    message: (contact: string) => `New message: ${contact}`,
    given: (contact: string) => `The conversation with ${contact} is yours now.`,
  },
  ended: {
    closed: (contact: string) => `The conversation with ${contact} is closed.`,
    closedBy: (contact: string, by: string) => `${by} closed the conversation with ${contact}.`,
    transferred: (contact: string) => `The conversation with ${contact} was transferred.`,
    transferredBy: (contact: string, by: string) =>
      `${by} transferred the conversation with ${contact}.`,
    released: (contact: string) =>
      `You were away for too long: the conversation with ${contact} is offered to others.`,
  },
  talk: {
    name: 'Conversation',
    log: (contact: string) => `Messages with ${contact}`,
    back: 'Back to the list',
    older: 'Show earlier messages',
    loading: 'Loading…',
    earlier: (count: number) =>
      count === 1 ? '1 earlier conversation' : `${count} earlier conversations`,
    forgotten: 'Nothing of it is kept any more.',
    gone: 'This conversation cannot be read any more.',
    fresh: 'New',
    latest: 'To the latest message',
    today: 'Today',
    yesterday: 'Yesterday',
    flow: 'Automatic',
    you: 'You',
    button: 'Button pressed',
    readAlong: (agent: string) => `You are reading along. ${agent} has this conversation.`,
    nobody: 'You are reading along. Nobody has this conversation yet.',
    ticks: {
      sending: 'Sending',
      sent: 'Sent',
      delivered: 'Delivered',
      read: 'Read',
      played: 'Played',
      failed: 'Not delivered',
    },
    media: {
      image: 'Picture',
      video: 'Video',
      audio: 'Audio message',
      voice: 'Voice message',
      document: 'Document',
      sticker: 'Sticker',
      other: 'Attachment',
      open: 'Open in a new tab',
    },
    location: 'Location',
    map: 'Show on a map',
    unsupported: 'This kind of message cannot be shown here.',
  },
  reply: {
    name: 'Reply',
    placeholder: 'Write a reply',
    send: 'Send',
    left: (count: number) => (count === 1 ? '1 character left' : `${count} characters left`),
    tooLong: (count: number) => `${count} too many`,
    open: (time: string) => `You can write freely for ${time}`,
    closing: (time: string) => `Only ${time} left to write freely`,
    over: 'The contact has not written for 24 hours: WhatsApp takes only templates now.',
    cannot: 'This account cannot send messages.',
    again: 'Try again',
    discard: 'Discard',
    refusals: {
      gone: 'Not sent: the conversation is closed or no longer yours.',
      window: 'Not sent: the contact has not written for 24 hours.',
      cannotSend: 'Not sent: this account cannot send messages.',
      busy: 'Not sent: too many messages are on their way.',
      failed: 'Not sent: WhatsApp did not take it.',
    },
    hours: (hours: number, minutes: number) => `${hours} h ${minutes} min`,
    minutes: (minutes: number) => `${minutes} min`,
  },
  close: {
    button: 'Close interaction',
    title: 'Why is it closed?',
    resolved: 'Resolved',
    noAnswer: 'No answer',
    unwanted: 'Unwanted message',
    other: 'Another reason',
    text: 'Reason',
    confirm: 'Close it',
    cancel: 'Cancel',
  },
  transfer: {
    button: 'Transfer',
    assign: 'Assign',
    assignOf: (contact: string) => `Assign the conversation with ${contact}`,
    title: 'Transfer to',
    queues: 'Queues',
    agents: 'Agents',
    confirm: 'Transfer now',
    nobody: 'There is nobody to transfer to.',
  },
  refused: {
    gone: 'This conversation is no longer there.',
    notAllowed: 'This conversation is not yours.',
    noSuchTarget: 'Whom you chose is not there any more.',
  },
  pages: englishPages,
  board: englishBoard,
  settings: englishSettings,
  keys: englishKeys,
};

type Wide<Value> = Value extends string
  ? string
  : Value extends (...args: infer Args) => string
    ? (...args: Args) => string
    : { readonly [Key in keyof Value]: Wide<Value[Key]> };

export type Words = Wide<typeof english>;
