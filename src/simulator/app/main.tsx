import { render } from 'preact';
import { useState } from 'preact/hooks';
import type { Customer, Happening } from '../../provider/simulator/build.ts';
import { BusinessPanel } from './business-panel.tsx';
import { isReply, talkKey } from './conversation.ts';
import { loadCustomers, saveCustomer } from './customers.ts';
import { Phone } from './phone.tsx';
import { Sidebar } from './sidebar.tsx';
import { useSimulator } from './use-simulator.ts';
import { Wire } from './wire.tsx';

function App() {
  const simulator = useSimulator();
  const [customers, setCustomers] = useState(loadCustomers);
  const [chosenAccount, chooseAccount] = useState<string>();
  const [phone, choosePhone] = useState(customers[0]?.phone);
  const { accounts, connection, state } = simulator;
  const account = accounts?.find(({ id }) => id === chosenAccount) ?? accounts?.[0];
  const customer = customers.find((one) => one.phone === phone) ?? customers[0];
  if (!customer) return null;

  const entries = account ? (state.talks[talkKey(account.id, customer.phone)] ?? []) : [];
  const send = (happening: Happening): void => {
    if (account) simulator.send({ account: account.id, customer, happening });
  };
  const add = (added: Customer): void => {
    setCustomers(saveCustomer(added));
    choosePhone(added.phone);
  };
  return (
    <div class="desk">
      <Sidebar
        accounts={accounts ?? []}
        account={account}
        customers={customers}
        customer={customer}
        connection={connection}
        chooseAccount={chooseAccount}
        chooseCustomer={choosePhone}
        addCustomer={add}
      />
      <Phone
        key={`${account?.id} ${customer.phone}`}
        account={account}
        loading={accounts === undefined}
        connection={connection}
        entries={entries}
        wire={state.wire}
        send={send}
        sendAgain={simulator.sendAgain}
        refresh={simulator.refresh}
      />
      <aside class="side" aria-label="Business side and webhook">
        <BusinessPanel account={account} lastReply={entries.findLast(isReply)} send={send} />
        <Wire wire={state.wire} sendAgain={simulator.sendAgain} />
      </aside>
    </div>
  );
}

render(<App />, document.body);
