import { makeSidebar } from './sidebar.editor.ts';
import { say } from './words.editor.ts';

const id = 'whatsapp-triggers';

RED.plugins.registerPlugin(id, {
  type: 'whatsapp-triggers-sidebar',
  onadd: () => {
    const sidebar = makeSidebar();
    RED.sidebar.addTab({
      id,
      label: say('sidebar.label'),
      name: say('sidebar.name'),
      content: sidebar.element,
      iconClass: 'fa fa-whatsapp',
      enableOnEdit: true,
      onchange: sidebar.shown,
    });
  },
});
