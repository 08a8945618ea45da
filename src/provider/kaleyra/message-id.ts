/**
 * A message has an id "<request>:<position of the recipient>"; some answers tell only the request. We
 * send to one recipient at a time, so that the position says nothing.
 */
export function bareId(id: string): string {
  return id.replace(/:0$/, '');
}
