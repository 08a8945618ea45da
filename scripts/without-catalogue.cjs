/** Loaded into node-red-dev: an empty catalogue, and metadata from the registry that npm is set to. */
const Module = require('node:module');

const load = Module._load;
const registry = process.env['SCORECARD_REGISTRY'] ?? '';
const changed = new WeakSet();

Module._load = function loadChanged(name, ...rest) {
  const loaded = load.call(this, name, ...rest);
  if (name !== 'axios' || changed.has(loaded)) return loaded;
  changed.add(loaded);
  const get = loaded.get.bind(loaded);
  loaded.get = (address, ...more) => {
    const { pathname } = new URL(address);
    if (pathname === '/catalogue.json') return Promise.resolve({ data: { modules: [] } });
    return get(registry.replace(/\/$/, '') + pathname, ...more);
  };
  return loaded;
};
