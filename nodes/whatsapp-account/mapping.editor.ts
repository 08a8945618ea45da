import { entriesOf, lookingBy } from '../../src/provider/generic/parse.ts';
import { readPlaces } from '../../src/provider/generic/places.ts';
import { preview } from '../../src/provider/generic/preview.ts';
import { leavesOf, sampleRoot } from '../../src/provider/generic/sample.ts';
import { mappedProperties, type MappedProperty } from '../../src/provider/mapping.ts';
import type { Form } from '../shared/form.editor.ts';
import { make } from '../shared/make.editor.ts';
import { makeRows, type Rows } from '../shared/rows.editor.ts';
import { type Rule, required } from '../shared/rules.editor.ts';
import type { Say } from '../shared/say.editor.ts';
import { makeCell, makeTable } from '../shared/table.editor.ts';
import { textOf } from '../shared/text.editor.ts';
import { showFindings } from './findings.editor.ts';
import {
  draftOf,
  mappingOf,
  type MappingDraft,
  type PathRow,
  type SavedMapping,
} from './mapping-draft.editor.ts';
import { findingsOf } from './mapping-preview.editor.ts';

const proofControls = {
  kind: 'proofKind',
  header: 'proofHeader',
  hash: 'proofHash',
  encoding: 'proofEncoding',
  prefix: 'proofPrefix',
} as const;

const path: Rule = (value) => (readPlaces(textOf(value)) ? undefined : { key: 'reason.path' });

export interface MappingForm {
  /** What is to be saved. */
  read(): object;
}

/** Puts the saved proof into its controls; to be called before the form follows its choices. */
export function fillProof(saved: unknown): void {
  const { proof } = draftOf(saved);
  for (const [key, property] of Object.entries(proofControls)) {
    $(`#node-config-input-${property}`).val(proof[key as keyof typeof proof]);
  }
}

/** The mapping of a generic account: its paths beside what they find in a sample, as it is typed. */
export function openMapping(saved: unknown, form: Form, say: Say): MappingForm {
  const draft = draftOf(saved);
  const control = (name: string): HTMLInputElement =>
    form.root.querySelector<HTMLInputElement>(`#whatsapp-account-${name}`)!;
  for (const name of ['sample', 'each', 'outgoing'] as const) control(name).value = draft[name];
  const places = new Map<HTMLElement, () => PathRow>();
  const paths = openPaths(draft.paths, places, say, update);
  const statuses = openStatuses(draft.statuses, say, update);

  function read() {
    return mappingOf({
      each: control('each').value,
      outgoing: control('outgoing').value,
      sample: control('sample').value,
      proof: proofIn(form),
      paths: paths.read(),
      statuses: statuses.read() as MappingDraft['statuses'],
    });
  }

  function update(): void {
    const mapping = read();
    const { sample = '' } = mapping;
    const told = findingsOf(preview(mapping, sample), form.value('accountId'), say);
    showFindings(control('preview'), told);
    const events = eventsOf(sample, mapping);
    for (const [place, row] of places) showFound(place, row(), events, say);
    suggest(control('paths-path'), events);
    control('outgoing-row').hidden = mapping.paths.direction === undefined;
    control('statuses-place').hidden = mapping.paths.status === undefined;
  }

  for (const name of ['sample', 'each', 'outgoing'])
    control(name).addEventListener('input', update);
  form.follow(['provider', 'accountId', ...Object.values(proofControls)], update);
  return { read };
}

function proofIn(form: Form): MappingDraft['proof'] {
  const entries = Object.entries(proofControls).map(([key, name]) => [key, form.value(name)]);
  return Object.fromEntries(entries) as MappingDraft['proof'];
}

function openPaths(
  rows: readonly PathRow[],
  places: Map<HTMLElement, () => PathRow>,
  say: Say,
  changed: () => void,
): Rows<PathRow> {
  const list = 'whatsapp-account-paths';
  const options = mappedProperties.map((value) => ({ value, label: say(`mapped.${value}`) }));
  const property = {
    key: 'property',
    label: say('column.property'),
    kind: 'select',
    options,
  } as const;
  return makeRows<PathRow>({
    list,
    say,
    rows,
    label: say('label.mapping'),
    addLabel: say('rows.path'),
    blank: () => ({ property: unused(places), path: '' }),
    changed,
    check: (all) => checkPaths(all, say),
    render: (row, place, told) => {
      const chosen = makeCell(list, property, row.property, say, told);
      const typed = makeCell(
        list,
        { key: 'path', label: say('column.path'), rule: path, suggestions: [] },
        row.path,
        say,
        told,
      );
      const found = make('output', { class: 'wa-found', 'aria-label': say('column.found') });
      place.append(chosen.cell, typed.cell, found);
      const read = (): PathRow => ({
        property: String(chosen.read()),
        path: String(typed.read()),
      });
      places.set(found, read);
      return read;
    },
  });
}

/** The first property that has no row yet. */
function unused(places: ReadonlyMap<HTMLElement, () => PathRow>): string {
  const used = new Set(
    [...places].filter(([place]) => place.isConnected).map(([, row]) => row().property),
  );
  return mappedProperties.find((property) => !used.has(property)) ?? mappedProperties[0];
}

function checkPaths(rows: readonly PathRow[], say: Say): true | string {
  const names = rows.map(({ property }) => property);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? true : say('reason.twice', { property: say(`mapped.${twice}`) });
}

function openStatuses(rows: readonly unknown[], say: Say, changed: () => void) {
  const meanings = ['sent', 'delivered', 'read', 'played', 'failed', ''];
  return makeTable<'word' | 'meaning'>({
    list: 'whatsapp-account-statuses',
    say,
    rows,
    label: say('label.statuses'),
    addLabel: say('rows.status'),
    changed,
    columns: [
      { key: 'word', label: say('column.word'), rule: required, placeholder: 'SEEN' },
      {
        key: 'meaning',
        label: say('column.meaning'),
        kind: 'select',
        options: meanings.map((value) => ({ value, label: say(`meaning.${value || 'none'}`) })),
      },
    ],
    blank: () => ({ word: '', meaning: 'delivered' }),
  });
}

/** Enough to see every kind of event that a sample has. */
const mostEvents = 20;

/** The events of a sample, with what the mapping finds in each; undefined while there is no sample. */
function eventsOf(sample: string, mapping: SavedMapping) {
  const root = sampleRoot(sample);
  if (typeof root === 'string') return undefined;
  const look = lookingBy(mapping, root.value);
  return entriesOf(root.value, mapping.each)
    .slice(0, mostEvents)
    .map((event) => ({ event, look: look(event) }));
}

type SampleEvents = ReturnType<typeof eventsOf>;

function showFound(place: HTMLElement, row: PathRow, events: SampleEvents, say: Say): void {
  const values = events?.map(({ look }) => look(row.property as MappedProperty));
  const value = values?.find((found) => found !== undefined);
  const isMissing = values !== undefined && value === undefined && row.path !== '';
  place.textContent = value ?? (isMissing ? say('preview.notFound') : '');
  place.classList.toggle('wa-missing', isMissing);
}

/** Offers what the sample has while a path is typed. */
function suggest(datalist: HTMLElement, events: SampleEvents = []): void {
  const leaves = Map.groupBy(
    events.flatMap(({ event }) => leavesOf(event)),
    ({ path }) => path,
  );
  const options = [...leaves].map(([value, [first]]) =>
    make('option', { value, label: first?.value }),
  );
  datalist.replaceChildren(...options);
}
