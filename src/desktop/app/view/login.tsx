import { useEffect, useRef, useState } from 'preact/hooks';
import type { SessionView } from '../../protocol.ts';
import { login, type LoginAnswer } from '../session.ts';
import { Mark } from './icons.tsx';

interface Props {
  readonly reason: 'ended' | 'left' | undefined;
  readonly onLogin: (agent: SessionView) => void;
}

const greetings = {
  ended: 'Your session has ended. Log in again.',
  left: 'You have logged out.',
};

export function Login({ reason, onLogin }: Props) {
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLInputElement>('#username')?.focus(), []);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    const fields = form.current && new FormData(form.current);
    if (!fields || busy) return;
    setBusy(true);
    const answer = await login(text(fields, 'username'), text(fields, 'password'));
    setBusy(false);
    if (answer.kind === 'in') return onLogin(answer.agent);
    setProblem(problemText(answer));
    if (answer.kind === 'wrong')
      form.current?.querySelector<HTMLInputElement>('#password')?.select();
  }

  return (
    <main class="login">
      <form class="login-card" ref={form} onSubmit={(event) => void submit(event)}>
        <Mark />
        <h1>Agent desktop</h1>
        {reason && !problem && (
          <p class="login-note" role="status">
            {greetings[reason]}
          </p>
        )}
        {problem && (
          <p class="login-problem" role="alert">
            {problem}
          </p>
        )}
        <label for="username">User name</label>
        <input
          id="username"
          name="username"
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          required
        />
        <label for="password">Password</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
        />
        <button class="primary" type="submit" aria-disabled={busy}>
          Log in
        </button>
      </form>
    </main>
  );
}

function text(fields: FormData, name: string): string {
  const value = fields.get(name);
  return typeof value === 'string' ? value : '';
}

function problemText(answer: Exclude<LoginAnswer, { kind: 'in' }>): string {
  switch (answer.kind) {
    case 'wrong':
      return 'The user name or the password is wrong.';
    case 'later':
      return `Too many tries. Wait ${waitText(answer.seconds)}, then try again.`;
    case 'unreachable':
      return 'The server cannot be reached. Check the connection and try again.';
    default:
      return answer satisfies never;
  }
}

function waitText(seconds: number): string {
  if (seconds >= 90) return `${Math.ceil(seconds / 60)} minutes`;
  return seconds === 1 ? '1 second' : `${seconds} seconds`;
}
