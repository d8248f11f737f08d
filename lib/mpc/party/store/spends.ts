/** What this party let go, by its own count. */
import type { MovingIntent } from '#lib/protocol/intent.ts';
import type { SpendScope, SpentFact } from '#lib/protocol/policy-facts.ts';
import type { PeerSpend } from '../../wire/peer-spends.ts';
import { integerOf, textOf, type Database, type Row } from './database.ts';

const HOUR = 3_600_000;

/** The longest window that a policy can ask about, in milliseconds: 31 days. */
export const WINDOW_MAX = 744 * HOUR;

const toSpend = (row: Row): PeerSpend => ({
  operation: textOf(row, 'operation'),
  asset: textOf(row, 'asset'),
  amount: textOf(row, 'amount'),
  vault: textOf(row, 'vault'),
  client: textOf(row, 'client') || null,
  destination: textOf(row, 'destination') || null,
  at: textOf(row, 'at'),
});

/** What goes from vault to vault goes to no client and to no destination of the book. */
const goalOf = (intent: MovingIntent): Pick<PeerSpend, 'client' | 'destination'> =>
  intent.kind === 'withdrawal'
    ? { client: intent.client, destination: intent.destination.id }
    : { client: null, destination: null };

const valueIn = (intent: MovingIntent, scope: SpendScope): string | null =>
  ({ asset: intent.asset, vault: intent.vault, ...goalOf(intent) })[scope];

/** By operation, each once, at the highest that anybody counts. */
function sum(spends: readonly PeerSpend[]): bigint {
  const amounts = new Map<string, bigint>();
  for (const { operation, amount } of spends) {
    const counted = BigInt(amount);
    if (counted > (amounts.get(operation) ?? -1n)) amounts.set(operation, counted);
  }
  return [...amounts.values()].reduce((total, amount) => total + amount, 0n);
}

/**
 * What left in each window that ends now, the operation itself left out: it is counted once,
 * whatever number of times it is decided.
 * @param of.elsewhere what other parties count.
 */
export function spentIn(
  database: Database,
  intent: MovingIntent,
  of: {
    questions: readonly { scope: SpendScope; hours: number }[];
    elsewhere: readonly PeerSpend[];
    now: Date;
  },
): SpentFact[] {
  const longest = Math.max(0, ...of.questions.map(({ hours }) => hours)) * HOUR;
  const own = database.all(
    'select * from spends where asset = ? and at > ?',
    intent.asset,
    new Date(of.now.getTime() - longest).toISOString(),
  );
  const all = [...own.map(toSpend), ...of.elsewhere].filter(
    ({ asset, operation }) => asset === intent.asset && operation !== intent.operation,
  );
  return of.questions.map(({ scope, hours }) => {
    const from = new Date(of.now.getTime() - hours * HOUR).toISOString();
    const value = valueIn(intent, scope);
    const counted = all.filter(
      (spend) => value !== null && spend.at > from && spend[scope] === value,
    );
    return { scope, hours, amount: String(sum(counted)) };
  });
}

/** Number of the last change, 0 for none: each change gives its row the next number. */
export const lastSpend = (database: Database): number =>
  Number(database.one('select max(rowid) as n from spends')?.['n'] ?? 0);

/** The next ones after a change, in the order in which they changed. */
export const spendsAfter = (
  database: Database,
  { after, since, limit }: { after: number; since: Date; limit: number },
): { seq: number; spend: PeerSpend }[] =>
  database
    .all(
      'select rowid as seq, * from spends where rowid > ? and at > ? order by rowid limit ?',
      after,
      since.toISOString(),
      limit,
    )
    .map((row) => ({ seq: integerOf(row, 'seq'), spend: toSpend(row) }));

/**
 * Counts what was decided to leave a vault, once whatever number of times it is; joins the caller's
 * commit. A share may leave for it as long as its session is open, so it counts until its window
 * after that: what was decided early could otherwise leave together with what the next window allows.
 * @param until the latest instant in which a share may leave by this decision.
 */
export function countSpend(database: Database, intent: MovingIntent, until: Date): void {
  const { client, destination } = goalOf(intent);
  database.run(
    `insert into spends (rowid, operation, asset, amount, vault, client, destination, at)
     values (?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (operation) do update set rowid = excluded.rowid, at = max(at, excluded.at)`,
    lastSpend(database) + 1,
    intent.operation,
    intent.asset,
    intent.amount,
    intent.vault,
    client ?? '',
    destination ?? '',
    until.toISOString(),
  );
}

/** A share left: from here its window counts. Joins the caller's commit. */
export function dateSpend(database: Database, operation: string, at: Date): void {
  database.run(
    'update spends set rowid = ?, at = ? where operation = ?',
    lastSpend(database) + 1,
    at.toISOString(),
    operation,
  );
}

/** True once a payment to the destination was signed with this party's share. */
export function wasUsed(database: Database, destination: string): boolean {
  const row = database.one(
    `select 1 as n from spends join ties on ties.operation = spends.operation
     where spends.destination = ? and ties.signatures is not null limit 1`,
    destination,
  );
  return row !== null;
}
