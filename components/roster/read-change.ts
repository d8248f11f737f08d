/** What a form says is to change, as the server takes it. Pure. */
import type { RosterChange } from '#lib/operations/roster/change.ts';
import type { FieldErrors } from '../raise/read-form.ts';

export type What = RosterChange['what'];

export const whatWords: Readonly<Record<What, string>> = {
  seat: 'Roles and group of a person',
  delegate: 'Let somebody stand in for a colleague',
  'end-delegation': 'Take out a delegation',
  'person-end': 'End date of a person',
  'key-end': 'End date of a key',
  remove: 'Remove a person',
  custodians: 'Name the custodians of a party’s shares',
  'end-custodians': 'End a group of custodians',
};

export const isWhat = (text: string | null | undefined): text is What =>
  typeof text === 'string' && Object.hasOwn(whatWords, text);

export type Said = { texts: Record<string, string>; roles: readonly string[] };

export type ReadChange =
  /** Of the shape that the server takes, or refuses with a reason. */
  { ok: true; change: Record<string, unknown> } | { ok: false; errors: FieldErrors };

/** An instant in UTC of `2026-11-27T15:00`, as a browser's field for date and time gives it. */
export function instantOf(typed: string): string | null {
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(:\d{2})?$/.exec(typed);
  if (!match) return null;
  const text = `${match[1] ?? ''}${match[2] ?? ':00'}.000Z`;
  return Number.isNaN(Date.parse(text)) ? null : text;
}

const lasting = 'Give the date and the time in UTC, as 27 Nov 2026, 15:00.';

const required: Readonly<Record<What, readonly string[]>> = {
  seat: ['person'],
  delegate: ['from', 'person', 'until'],
  'end-delegation': ['delegation'],
  'person-end': ['person'],
  'key-end': ['key'],
  remove: ['person'],
  custodians: ['record'],
  'end-custodians': ['party'],
};

const missing: Readonly<Record<string, string>> = {
  person: 'Choose a person.',
  from: 'Choose whose place it is.',
  until: lasting,
  delegation: 'Choose a delegation.',
  key: 'Choose a key.',
  record: 'Paste the whole of the group’s public record.',
  party: 'Choose a party.',
};

export function readChange(what: What, { texts, roles }: Said): ReadChange {
  const text = (name: string): string => (texts[name] ?? '').trim();
  const errors: FieldErrors = {};
  for (const name of required[what])
    if (text(name) === '') errors[name] = missing[name] ?? 'Fill this in.';
  if (what === 'seat' && roles.length === 0) errors['roles'] = 'Everybody has at least one role.';
  const typed = text('until');
  const notAfter = typed === '' ? null : instantOf(typed);
  if (typed !== '' && notAfter === null) errors['until'] = lasting;
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, change: changeOf(what, { text, roles, notAfter }) };
}

function changeOf(
  what: What,
  of: { text: (name: string) => string; roles: readonly string[]; notAfter: string | null },
): Record<string, unknown> {
  const { text, roles, notAfter } = of;
  const person = text('person');
  switch (what) {
    case 'seat':
      return { what, person, roles, group: text('group') === '' ? null : text('group') };
    case 'delegate':
      return { what, from: text('from'), to: person, notAfter };
    case 'end-delegation': {
      const [from, to] = text('delegation').split(' ');
      return { what, from, to };
    }
    case 'person-end':
      return { what, person, notAfter };
    case 'key-end': {
      const [holder, credential] = text('key').split(' ');
      return { what, person: holder, credential, notAfter };
    }
    case 'remove':
      return { what, person };
    case 'custodians':
      return { what, record: text('record') };
    case 'end-custodians':
      return { what, party: text('party') };
  }
}
