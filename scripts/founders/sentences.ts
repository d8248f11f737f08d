/** What `npm run founders` prints. Pure. */
import type { FounderSeat } from '#lib/operations/genesis/invite-founders.ts';
import { listText, missingAmongFounders } from '#lib/operations/genesis/founder-needs.ts';

type Person = { displayName: string; roles: readonly string[]; group: string | null };

/** "officer, administrator" or "officer of control". */
export const partText = ({ roles, group }: Omit<Person, 'displayName'>): string =>
  group === null ? roles.join(', ') : `${roles.join(', ')} of ${group}`;

const outcomes: Readonly<Record<FounderSeat['outcome'], string>> = {
  invited: 'invited',
  renewed: 'new link, the one before is dead',
  enrolled: 'has enrolled already, nothing to do',
};

const minutes = (instant: string): string => `${instant.slice(0, 16).replace('T', ' ')} UTC`;

/** The links, each under its founder; they can be shown this once. */
export function seatsText(seats: readonly FounderSeat[]): string {
  const lines = seats.flatMap((seat) => {
    const head = `${seat.displayName} (${partText(seat)}): ${outcomes[seat.outcome]}`;
    return seat.outcome === 'enrolled' ? [head] : [head, `  ${seat.link}`];
  });
  const expiresAt = seats.flatMap((seat) => (seat.outcome === 'enrolled' ? [] : [seat.expiresAt]));
  const [end] = expiresAt.toSorted();
  if (end !== undefined)
    lines.push(
      '',
      `Each link works once, until ${minutes(end)}, and is not shown again. Hand each to its founder`,
      'alone. When all have enrolled, they sign in and go on at the console, under Genesis.',
    );
  return lines.join('\n');
}

/** Who the founders are, and what is missing among them. */
export function foundersText(founders: readonly (Person & { status: string })[]): string {
  if (founders.length === 0)
    return 'There are no founders yet. `npm run founders -- --help` says how to invite them.';
  const names = founders.map(({ displayName }) => displayName.length);
  const lines = founders.map(
    (founder) =>
      `${founder.displayName.padEnd(Math.max(...names))}  ${founder.status === 'pending' ? 'has enrolled' : 'not enrolled'}  ${partText(founder)}`,
  );
  const missing = missingAmongFounders(founders);
  if (missing.length > 0) lines.push('', `Still missing: ${listText(missing)}.`);
  else if (founders.some(({ status }) => status !== 'pending'))
    lines.push('', 'New links for those who have not enrolled: npm run founders -- --renew');
  return lines.join('\n');
}
