import { make } from '../../nodes/shared/make.editor.ts';
import { loadCustomers, readPhone, saveCustomer } from '../../src/simulator/app/customers.ts';
import type { AccountView } from '../../src/simulator/protocol.ts';
import { makeButton, makeField } from './dom.editor.ts';
import { customerLabel } from './request.editor.ts';
import type { Scene } from './simulator.editor.ts';
import { say } from './words.editor.ts';

export interface SceneView {
  readonly element: HTMLElement;
  setAccounts(accounts: readonly AccountView[]): void;
  /** Undefined = there is no account to write to. */
  read(): Scene | undefined;
}

const dryKey = 'whatsapp-triggers-dry-run';

/** Who writes to whom, and whether it is in earnest. */
export function makeScene(changed: () => void): SceneView {
  const account = make('select', {});
  const customer = make('select', {});
  const dry = make('input', { type: 'checkbox' });
  let accounts: readonly AccountView[] = [];
  let customers = loadCustomers();

  dry.checked = localStorage.getItem(dryKey) === 'true';
  fillCustomers();
  account.addEventListener('change', changed);
  customer.addEventListener('change', changed);
  dry.addEventListener('change', () => {
    localStorage.setItem(dryKey, String(dry.checked));
    changed();
  });

  function fillCustomers(): void {
    const options = customers.map((one) => new Option(customerLabel(one), one.phone));
    customer.replaceChildren(...options);
  }

  const adder = makeAdder((name, phone) => {
    customers = saveCustomer({ name, phone });
    fillCustomers();
    customer.value = phone;
    changed();
  });

  return {
    element: make(
      'div',
      { class: 'wat-scene' },
      make(
        'div',
        { class: 'wat-bar' },
        makeField(say('scene.account'), account),
        makeField(say('scene.customer'), customer),
      ),
      adder,
      make('label', { class: 'wat-check' }, dry, make('span', {}, say('scene.dryRun'))),
    ),
    setAccounts: (found) => {
      const { value } = account;
      accounts = found;
      account.replaceChildren(
        ...found.map(({ id, name, number }) => new Option(name || number || id, id)),
      );
      if (found.some(({ id }) => id === value)) account.value = value;
    },
    read: () => {
      const to = accounts.find(({ id }) => id === account.value);
      const from = customers.find(({ phone }) => phone === customer.value);
      return to && from ? { account: to, customer: from, dryRun: dry.checked } : undefined;
    },
  };
}

function makeAdder(add: (name: string, phone: string) => void): HTMLElement {
  const name = make('input', { type: 'text', dir: 'auto' });
  const phone = make('input', { type: 'tel', placeholder: '+39 320 …' });
  const element = make('details', { class: 'wat-fold' });
  const submit = (): void => {
    const number = readPhone(phone.value);
    phone.setAttribute('aria-invalid', String(number === undefined));
    if (number === undefined) return phone.focus();
    add(name.value.trim(), number);
    name.value = '';
    phone.value = '';
    element.open = false;
    element.querySelector('summary')?.focus();
  };
  element.append(
    make('summary', {}, say('scene.add')),
    make(
      'div',
      { class: 'wat-bar' },
      makeField(say('scene.name'), name),
      makeField(say('scene.phone'), phone),
      makeButton(say('scene.addButton'), submit),
    ),
  );
  return element;
}
