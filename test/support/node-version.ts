/** Older Nodes run parts of this suite by luck: npm scripts put the right one first in PATH. */
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  throw new Error(
    `The tests run on Node 24 (this is ${process.version}). Start them with "npm test" or "npx", ` +
      'which use the Node that "npm ci" installed.',
  );
}
