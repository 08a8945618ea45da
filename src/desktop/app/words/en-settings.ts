export const englishSettings = {
  button: 'Settings',
  sound: 'Sound for offers',
  notifications: 'Browser notifications',
  notificationsAsk: 'Allow',
  notificationsDenied: 'The browser does not allow them for this site.',
  shortcuts: 'Keyboard shortcuts',
  language: 'Language',
  browserLanguage: 'As the desktop',
  list: 'Show all shortcuts',
};

export const englishKeys = {
  title: 'Keyboard shortcuts',
  accept: 'Accept the first offer',
  reject: 'Reject the first offer',
  next: 'Next conversation',
  previous: 'Previous conversation',
  unread: 'Next unread conversation',
  reply: 'Write a reply',
  send: 'Send the reply',
  line: 'New line in the reply',
  pause: 'Ready or pause',
  close: 'Close interaction',
  popup: 'Close the popup in front',
  help: 'This list',
};
