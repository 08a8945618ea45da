import checks from './look/checks.css';
import code from './look/code.css';
import disclosure from './look/disclosure.css';
import entries from './look/entries.css';
import findings from './look/findings.css';
import form from './look/form.css';
import letters from './look/letters.css';
import list from './look/list.css';
import narrow from './look/narrow.css';
import picker from './look/picker.css';
import preview from './look/preview.css';
import sentence from './look/sentence.css';
import trial from './look/trial.css';

const id = 'whatsapp-triggers-look';

/** The narrow form goes last: it changes what the others say. */
const css = [
  form,
  list,
  checks,
  code,
  disclosure,
  findings,
  entries,
  letters,
  sentence,
  trial,
  picker,
  preview,
  narrow,
].join('\n');

/** Each node brings the family's style along; the first form that opens puts it in. */
export function useLook(): void {
  if (document.getElementById(id)) return;
  const style = document.createElement('style');
  style.id = id;
  style.textContent = css;
  document.head.append(style);
}
