import css from './editor.css';

const id = 'whatsapp-triggers-look';

/** Each node brings the family's style along; the first form that opens puts it in. */
export function useLook(): void {
  if (document.getElementById(id)) return;
  const style = document.createElement('style');
  style.id = id;
  style.textContent = css;
  document.head.append(style);
}
