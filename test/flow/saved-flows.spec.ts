import assert from 'node:assert/strict';
import { join } from 'node:path';
import agentDesktop from '../../nodes/agent-desktop/agent-desktop.ts';
import browserPopup from '../../nodes/browser-popup/browser-popup.ts';
import ctiUrl from '../../nodes/cti-url/cti-url.ts';
import interaction from '../../nodes/interaction/interaction.ts';
import popupTemplate from '../../nodes/popup-template/popup-template.ts';
import script from '../../nodes/script/script.ts';
import triggerCondition from '../../nodes/trigger-condition/trigger-condition.ts';
import triggerStore from '../../nodes/trigger-store/trigger-store.ts';
import triggerVariables from '../../nodes/trigger-variables/trigger-variables.ts';
import urlForward from '../../nodes/url-forward/url-forward.ts';
import account from '../../nodes/whatsapp-account/whatsapp-account.ts';
import whatsappIn from '../../nodes/whatsapp-in/whatsapp-in.ts';
import whatsappOut from '../../nodes/whatsapp-out/whatsapp-out.ts';
import queue from '../../nodes/whatsapp-queue/whatsapp-queue.ts';
import { savedFlows } from '../fixtures/saved-flows.ts';
import { deploy, type FlowNode, node, useRuntime } from '../support/flow.ts';
import { useTempFolder } from '../support/temp-folder.ts';

const registers = [
  agentDesktop,
  browserPopup,
  ctiUrl,
  interaction,
  popupTemplate,
  script,
  triggerCondition,
  triggerStore,
  triggerVariables,
  urlForward,
  account,
  whatsappIn,
  whatsappOut,
  queue,
];

describe('a flow that was saved by an older version', () => {
  useRuntime();
  const folder = useTempFolder();

  const placed = (changes: object = {}): FlowNode[] =>
    savedFlows.flat().map((one) => ({
      ...one,
      ...(one.type === 'trigger-store' ? { file: join(folder(), 'store.sqlite') } : {}),
      ...(one.type === 'whatsapp-account' ? { store: 'store' } : {}),
      ...changes,
    }));
  /** All nodes share one spy. */
  const errors = (): string[] => {
    const { args, thisValues } = node('in')['error'] as { args: any[][]; thisValues: any[] };
    return args.map(([error], index) => `${thisValues[index].id}: ${error.code}`);
  };

  it('runs, whichever version it is', async () => {
    await deploy(registers, placed());
    // Nobody has allowed a folder of scripts.
    assert.deepEqual(errors(), ['script: E_SCRIPT_DENIED']);
  });

  it('is refused node by node when it is a later version, and says so', async () => {
    const flow = placed().map((one) => (one.id === 'condition' ? { ...one, version: 99 } : one));
    await deploy(registers, flow);
    assert.deepEqual(errors(), ['condition: E_CONFIG', 'script: E_SCRIPT_DENIED']);
    const texts = node('condition').status.args.map(([{ text }]) => text as string);
    assert.ok(texts.some((text) => text.includes('later version')));
  });
});
