// The event comes as JSON on the standard input, its variables as WA_… in the environment.
import { text } from 'node:stream/consumers';

const event = JSON.parse(await text(process.stdin));
console.log(`${process.env.WA_CALLERIDNAME} began a conversation: ${process.env.WA_TEXT}`);
console.log(`Event ${event.id}, received ${event.receivedAt}`);
