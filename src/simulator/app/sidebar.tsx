import { useState } from 'preact/hooks';
import type { Customer } from '../../provider/simulator/build.ts';
import type { AccountView } from '../protocol.ts';
import { initials, readPhone, showPhone } from './customers.ts';
import type { Connection } from './use-simulator.ts';

interface SidebarProps {
  readonly accounts: readonly AccountView[];
  readonly account: AccountView | undefined;
  readonly customers: readonly Customer[];
  readonly customer: Customer;
  readonly connection: Connection;
  readonly chooseAccount: (id: string) => void;
  readonly chooseCustomer: (phone: string) => void;
  readonly addCustomer: (customer: Customer) => void;
}

const connectionText: Record<Connection, string> = {
  connecting: 'Connecting…',
  live: 'Live',
  lost: 'Connection lost, trying again…',
  locked: 'Not logged in',
};

export function Sidebar(props: SidebarProps) {
  const { accounts, account, connection } = props;
  return (
    <aside class="side" aria-label="Who writes to whom">
      <header class="brand">
        <h1>Simulator</h1>
        <p class="muted">You are the customer. No message leaves this machine.</p>
        <p class={`connection ${connection}`} role="status">
          {connectionText[connection]}
        </p>
      </header>
      <label class="field">
        <span>Business account</span>
        <select
          value={account?.id}
          disabled={accounts.length === 0}
          onChange={(event) => props.chooseAccount(event.currentTarget.value)}
        >
          {accounts.map(({ id, name, number }) => (
            <option key={id} value={id}>
              {name || number || id}
            </option>
          ))}
        </select>
      </label>
      <Customers {...props} />
      <AddCustomer add={props.addCustomer} />
    </aside>
  );
}

function Customers({ customers, customer, chooseCustomer }: SidebarProps) {
  return (
    <section>
      <h2 id="customers">Customer</h2>
      <ul class="customers" aria-labelledby="customers">
        {customers.map(({ name, phone }, index) => (
          <li key={phone}>
            <button
              type="button"
              class="customer"
              aria-pressed={phone === customer.phone}
              onClick={() => chooseCustomer(phone)}
            >
              <span class={`avatar hue-${index % 6}`} aria-hidden="true">
                {initials(name)}
              </span>
              <span class="who">
                <bdi>{name || 'No name'}</bdi>
                <span class="muted">{showPhone(phone)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function AddCustomer({ add }: { readonly add: (customer: Customer) => void }) {
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const number = readPhone(phone);
  const submit = (event: Event): void => {
    event.preventDefault();
    if (number === undefined) return;
    add({ name: name.trim(), phone: number });
    setName('');
    setPhone('');
  };
  return (
    <details class="add">
      <summary>Add a customer</summary>
      <form onSubmit={submit}>
        <label class="field">
          <span>Name</span>
          <input dir="auto" value={name} onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        <label class="field">
          <span>Phone</span>
          <input
            type="tel"
            placeholder="+39 320 …"
            required
            value={phone}
            onInput={(event) => setPhone(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="plain" disabled={number === undefined}>
          Add
        </button>
      </form>
    </details>
  );
}
