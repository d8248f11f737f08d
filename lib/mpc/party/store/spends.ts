/** What this party let go, by its own count. */
import type { WithdrawalIntent } from '#lib/protocol/intent.ts';
import type { SpendScope, SpentFact } from '#lib/protocol/policy-facts.ts';
import { textOf, type Database, type Row } from './database.ts';

const HOUR = 3_600_000;

/** SQLite adds up 64 bits only, and amounts may be longer. */
const sum = (rows: readonly Row[]): bigint =>
  rows.reduce((total, row) => total + BigInt(textOf(row, 'amount')), 0n);

const valueIn = (intent: WithdrawalIntent, scope: SpendScope): string => {
  if (scope === 'vault') return intent.vault;
  if (scope === 'client') return intent.client;
  return scope === 'destination' ? intent.destination.id : intent.asset;
};

/**
 * What left in each window that ends now, the operation itself left out: it is counted once,
 * whatever number of times it is decided.
 */
export function spentIn(
  database: Database,
  intent: WithdrawalIntent,
  questions: readonly { scope: SpendScope; hours: number }[],
  now: Date,
): SpentFact[] {
  return questions.map(({ scope, hours }) => {
    const from = new Date(now.getTime() - hours * HOUR).toISOString();
    const rows = database.all(
      `select amount from spends
       where asset = ? and at > ? and ${scope} = ? and operation <> ?`,
      intent.asset,
      from,
      valueIn(intent, scope),
      intent.operation,
    );
    return { scope, hours, amount: String(sum(rows)) };
  });
}

/**
 * Counts a withdrawal that was decided, once whatever number of times it is; joins the caller's
 * commit. A share may leave for it as long as its session is open, so it counts until its window
 * after that: what was decided early could otherwise leave together with what the next window allows.
 * @param until the latest instant in which a share may leave by this decision.
 */
export function countSpend(database: Database, intent: WithdrawalIntent, until: Date): void {
  database.run(
    `insert into spends (operation, asset, amount, vault, client, destination, at)
     values (?, ?, ?, ?, ?, ?, ?)
     on conflict (operation) do update set at = max(at, excluded.at)`,
    intent.operation,
    intent.asset,
    intent.amount,
    intent.vault,
    intent.client,
    intent.destination.id,
    until.toISOString(),
  );
}

/** A share left: from here its window counts. Joins the caller's commit. */
export function dateSpend(database: Database, operation: string, at: Date): void {
  database.run('update spends set at = ? where operation = ?', at.toISOString(), operation);
}

/** True once a payment to the destination was signed with this party's share. */
export function wasUsed(database: Database, destination: string): boolean {
  const row = database.one(
    `select 1 as n from spends join ties on ties.operation = spends.operation
     where spends.destination = ? and ties.signature is not null limit 1`,
    destination,
  );
  return row !== null;
}
