/**
 * `npm start [-- --port N] [-- --fresh]`: Node-RED with a demo that needs no WhatsApp account, on this
 * machine only. Everything it keeps lies in the git-ignored folder `.demo/`; `--fresh` begins anew.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfStale } from './start-build.ts';
import { type Demo, prepareDemo } from './start-demo.ts';
import { refuseBusyPort, runNodeRed } from './start-node-red.ts';

const root = join(import.meta.dirname, '..');

try {
  const { port, fresh } = readArguments();
  await refuseBusyPort(port);
  await buildIfStale(root);
  const demo = await prepareDemo({ root, folder: join(root, '.demo'), port, fresh });
  process.exitCode = await runNodeRed({ ...demo, started: () => console.log(welcome(demo)) });
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

function readArguments(): { port: number; fresh: boolean } {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '1880' },
      fresh: { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(
      `"${values.port}" is no port. Use a number from 1 to 65535: npm start -- --port 1881`,
    );
  }
  return { port, fresh: values.fresh };
}

function welcome({ port, login }: Demo): string {
  const base = `http://127.0.0.1:${port}`;
  return `
  WhatsApp triggers are running.

    Agents' page   ${base}/desktop/
    Simulator      ${base}/whatsapp-triggers/simulator/
    Editor         ${base}/

    Demo login     user name ${login.username}   password ${login.password}

  1. Log in at the agents' page.
  2. Type a message in the simulator, in a second window: a popup shows it to the agent.
  3. Press Accept on the agents' page: the order opens in a dashboard tab, and the CRM is told.
  4. See in the editor how it is made (Debug in the sidebar shows what the CRM got).

  Ctrl-C ends it. "npm start -- --fresh" begins anew.
`;
}
