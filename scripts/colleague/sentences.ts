/** What `npm run colleague` prints. Pure. */
import type { Acted, Ask, Member, OpenOperation } from '#lib/sandbox/colleagues/messages.ts';

const DONE: Readonly<Record<Ask['decision'], string>> = {
  approve: 'approved',
  cosign: 'co-signed',
  reject: 'rejected',
  cancel: 'cancelled',
};

const small = (text: string): string => `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;

/** Where an operation stands after a colleague acted, to follow "and". */
function nextOf({ state, waitsFor }: Acted): string {
  if (state === 'raised' || state === 'approved') return `, which now waits for ${small(waitsFor)}`;
  if (state === 'rejected' || state === 'cancelled') return '; it goes no further';
  return '; every statement is there, and the parties are asked next';
}

/** One sentence: who did what, and what comes next. */
export function actedSentence(decision: Ask['decision'], done: Acted): string {
  return `${done.by.name} (${done.by.handle}) ${DONE[decision]} ${done.number}${nextOf(done)}.`;
}

/** Rows with columns as wide as their longest cell. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, at) => Math.max(widest[at] ?? 0, cell.length)),
    [],
  );
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function openTable(open: readonly OpenOperation[]): string {
  if (open.length === 0) return 'Nothing is open.';
  return table(
    open.map(({ id, number, kindName, amount, asset, route, waitsFor }) => [
      number,
      id,
      kindName,
      amount === null ? '' : `${amount} ${asset ?? ''}`,
      route,
      waitsFor,
    ]),
  );
}

export function membersTable(people: readonly Member[]): string {
  return table(
    people.map(({ handle, name, roles, group, status }) => [
      handle,
      name,
      roles.join(', '),
      group ?? 'no group',
      status === 'active' ? '' : status,
    ]),
  );
}
