import log from './look/log.css';
import page from './look/page.css';
import talk from './look/talk.css';
import trace from './look/trace.css';

const id = 'whatsapp-triggers-sidebar-look';

export function useSidebarLook(): void {
  if (document.getElementById(id)) return;
  const style = document.createElement('style');
  style.id = id;
  style.textContent = [page, log, trace, talk].join('\n');
  document.head.append(style);
}
