import { useEffect, useRef, useState } from 'preact/hooks';
import type { SessionView } from '../../protocol.ts';
import type { LogoutReason } from '../model/state.ts';
import { login, type LoginAnswer } from '../session.ts';
import type { Words } from '../words/en.ts';
import { Mark } from './icons.tsx';
import { useWords } from './use-words.ts';

interface Props {
  readonly reason: LogoutReason | undefined;
  readonly onLogin: (agent: SessionView) => void;
}

export function Login({ reason, onLogin }: Props) {
  const words = useWords();
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
    setProblem(problemText(answer, words.login));
    if (answer.kind === 'wrong')
      form.current?.querySelector<HTMLInputElement>('#password')?.select();
  }

  return (
    <main class="login">
      <form class="login-card" ref={form} onSubmit={(event) => void submit(event)}>
        <Mark />
        <h1>{words.desktop}</h1>
        {reason && !problem && (
          <p class="login-note" role="status">
            {words.login[reason]}
          </p>
        )}
        {problem && (
          <p class="login-problem" role="alert">
            {problem}
          </p>
        )}
        <label for="username">{words.login.username}</label>
        <input
          id="username"
          name="username"
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          required
        />
        <label for="password">{words.login.password}</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
        />
        <button class="primary" type="submit" aria-disabled={busy}>
          {words.login.button}
        </button>
      </form>
    </main>
  );
}

function text(fields: FormData, name: string): string {
  const value = fields.get(name);
  return typeof value === 'string' ? value : '';
}

function problemText(answer: Exclude<LoginAnswer, { kind: 'in' }>, words: Words['login']): string {
  switch (answer.kind) {
    case 'wrong':
      return words.wrong;
    case 'later':
      return words.later(waitText(answer.seconds, words));
    case 'unreachable':
      return words.unreachable;
    default:
      return answer satisfies never;
  }
}

function waitText(seconds: number, words: Words['login']): string {
  return seconds >= 90 ? words.minutes(Math.ceil(seconds / 60)) : words.seconds(seconds);
}
