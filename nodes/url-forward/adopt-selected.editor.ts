import { splitText } from '../shared/split-text.ts';
import { listedIn } from '../shared/text-list.editor.ts';
import { selectedLists } from './selected-lists.editor.ts';

/**
 * The editor keeps the selection on the canvas in a node's `selected` and drops a saved property of
 * this name. What a flow written by hand says there is read once more from the server and goes on as
 * `selectedVariables`, or the next deploy would lose it.
 */
export function adoptSelected(): void {
  RED.events.on('flows:loaded', () => {
    let isWanted = false;
    RED.nodes.eachNode((node) => {
      isWanted ||= lacksList(node);
    });
    if (!isWanted) return;
    void $.getJSON('flows', (flows: unknown) => {
      const lists = selectedLists(flows);
      RED.nodes.eachNode((node) => {
        const list = lists.get(node.id);
        if (!list || !lacksList(node)) return;
        node['selectedVariables'] = list;
        RED.editor.validateNode(node);
      });
      RED.view.redraw();
    });
  });
}

function lacksList(node: EditorNode): boolean {
  const { type, eventData, selectedVariables } = node;
  const isEmpty = listedIn(selectedVariables, splitText).length === 0;
  return type === 'url-forward' && eventData === 'selected' && isEmpty;
}
