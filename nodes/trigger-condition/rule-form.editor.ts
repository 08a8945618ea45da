import type { Lint } from '../../src/condition/lint.ts';
import { listNames, type ListName, type Rule, type SavedRule } from '../../src/condition/rule.ts';
import { sentence } from '../../src/condition/sentence.ts';
import type { Trial } from '../../src/condition/trial.ts';
import { type Form, openForm } from '../shared/form.editor.ts';
import { configChoices } from '../shared/labels.editor.ts';
import { makeBacktestPanel } from './backtest-panel.editor.ts';
import { type Conditions, makeConditions } from './condition-list.editor.ts';
import { noteOf } from './finding-words.editor.ts';
import { lintForm } from './lint-form.editor.ts';
import type { Note } from './row-notes.editor.ts';
import { accountName, say, words } from './speech.editor.ts';
import {
  accountsHere,
  addSuggestions,
  declaredBy,
  knownHere,
  sensitiveHere,
} from './surroundings.editor.ts';
import { makeTrialPanel, trialNote } from './trial-panel.editor.ts';

type Tried = Trial['all'][number];

/** The two lists of an open form, with all that is said about them while they are edited. */
export function openRuleForm(node: EditorNode): { save(): SavedRule } {
  const form = openForm(node);
  const known = knownHere();
  const accounts = configChoices('whatsapp-account');
  const suggestions = addSuggestions(form.root);
  const variables = () => form.value('variables').replace('_ADD_', '');
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const around = { accounts: accounts.map(({ value }) => value), timeZone };

  const list = (name: ListName): Conditions =>
    makeConditions({
      say,
      accounts,
      suggestions,
      around,
      name,
      saved: node[name],
      changed: edited,
    });
  let isComplete = false;
  const lists = { all: list('all'), any: list('any') };
  const read = (): Rule => ({ all: lists.all.read(), any: lists.any.read() });

  const trial = makeTrialPanel({
    say,
    accounts: accountsHere(),
    suggestions,
    declared: () => declaredBy(variables()),
    sensitive: sensitiveHere,
    changed: show,
  });
  const backtest = makeBacktestPanel({ say, node, rule: read, variables });
  const panel = openPanel(trial.load, show);
  panel.append(trial.element, backtest.element);
  isComplete = true;
  form.follow(['enabled', 'variables'], show);
  return { save: () => ({ all: lists.all.save(), any: lists.any.save() }) };

  function edited(): void {
    if (!isComplete) return;
    backtest.outdate();
    show();
  }

  function show(): void {
    // The last events may come when the form has been closed.
    if (!panel.isConnected) return;
    const rule = read();
    const linted = lintForm(rule, known);
    const tried = panel.parentElement?.hasAttribute('open') ? trial.test(rule) : undefined;
    showSummary(form, rule, linted);
    for (const name of listNames) {
      lists[name].show((row) => notesOn(rule, name, row, linted, tried));
    }
  }
}

function notesOn(
  rule: Rule,
  list: ListName,
  row: number,
  { findings }: Lint,
  trial: Trial | undefined,
): readonly Note[] {
  const notes = findings
    .filter((finding) => finding.list === list && finding.row === row)
    .map((finding) => noteOf(finding, rule));
  return trial
    ? [...notes, trialNote(named(trial[list][row], rule[list][row]?.field), say)]
    : notes;
}

/** An account by its name, as in the row's own control. */
function named(found: Tried, field: string | undefined): Tried {
  if (field !== 'account' || typeof found?.actual !== 'string') return found;
  return { ...found, actual: accountName(found.actual) ?? found.actual };
}

/** What the whole rule asks for, in words. */
function showSummary(form: Form, rule: Rule, { met }: Lint): void {
  const isEmpty = rule.all.length === 0 && rule.any.length === 0;
  const isOn = form.checked('enabled');
  const isBox = form.control('enabled').type === 'checkbox';
  $('#trigger-condition-state').text(isBox ? say(isOn ? 'enabled.on' : 'enabled.off') : '');
  $('#trigger-condition-empty').prop('hidden', !isEmpty || !isOn);
  $('#trigger-condition-off').prop('hidden', isOn);
  $('#trigger-condition-never').prop('hidden', met !== 'never');
  $('#trigger-condition-always').prop('hidden', met !== 'always');
  $('#trigger-condition-sentence')
    .prop('hidden', isEmpty)
    .text(sentence(rule, accountName, words));
}

/** Folded until wanted: only then is the log asked for the last events. */
function openPanel(opened: () => void, changed: () => void): HTMLElement {
  const panel = document.getElementById('trigger-condition-trial');
  const fold = panel?.closest('details');
  if (!panel || !fold) throw new Error('trigger-condition.html has no place for the trial.');
  fold.addEventListener('toggle', () => {
    if (fold.open) opened();
    changed();
  });
  return panel;
}
