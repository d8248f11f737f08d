/** How much of what came in on a suspense account is still nobody's, and what waits to be given away. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { correctionDocument } from '#lib/protocol/correction.ts';
import { amountText } from './ledger-text.ts';

/** A correction that nobody has decided on yet, as another page tells of it. */
export type WaitingCorrection = { id: string; number: string };

export type SuspenseRest = {
  /** Journals of corrections that name the entry's journal and took something of it, oldest first. */
  takenBy: string[];
  /** What they took, smallest unit. */
  taken: bigint;
  /** Corrections that name it and still wait, oldest first. */
  waitingIn: WaitingCorrection[];
  /** What they would take, smallest unit. */
  waiting: bigint;
};

/** The same of one entry, as a screen tells it. Amounts are exact decimal text. */
export type EntryRest = {
  amount: string;
  /** What can still be given to somebody; null where nothing is left. */
  left: string | null;
  takenBy: string[];
  /** Null where nothing waits. */
  waiting: string | null;
  waitingIn: WaitingCorrection[];
};

/** An entry whose journal no correction names. */
const untouched: SuspenseRest = { takenBy: [], taken: 0n, waitingIn: [], waiting: 0n };

/** More than people could decide on within the life of a correction. */
const waitingMax = 200;

/**
 * What is left to give away of one entry, smallest unit. Where its journal has two lines on the account, what was taken
 * counts against both: it may say less than is left, never more.
 * @param units what the entry brought in, smallest unit.
 */
export function leftOf(units: bigint, rest: SuspenseRest | undefined): bigint {
  const { taken, waiting } = rest ?? untouched;
  const left = units - taken - waiting;
  return left > 0n ? left : 0n;
}

/** @param units what the entry brought in, smallest unit. */
export function entryRest(units: bigint, rest: SuspenseRest | undefined, asset: string): EntryRest {
  const { takenBy, waiting, waitingIn } = rest ?? untouched;
  const left = leftOf(units, rest);
  return {
    amount: amountText(units, asset),
    left: left > 0n ? amountText(left, asset) : null,
    takenBy,
    waiting: waiting > 0n ? amountText(waiting, asset) : null,
    waitingIn,
  };
}

/**
 * What corrections took, and wait to take, of what each of these journals brought in on the account.
 * @param journals numbers of journals, as many as a page shows.
 * @returns by journal; one that no correction names is not in it.
 */
export async function suspenseRests(
  db: Database | Tx,
  wanted: { account: string; journals: readonly string[]; at: Date },
): Promise<ReadonlyMap<string, SuspenseRest>> {
  const { account, at } = wanted;
  const journals = [...new Set(wanted.journals)].map(BigInt);
  if (journals.length === 0) return new Map();
  const taken = await db.$queryRaw<{ journal: string; by: string; amount: string }[]>`
    select j.corrects::text as journal, j.id::text as by, sum(p.amount)::text as amount
      from journal j join posting p on p.journal_id = j.id and p.account_id = ${account}
      where j.corrects = any(${journals}::bigint[])
      group by j.corrects, j.id having sum(p.amount) > 0 order by j.id`;
  const waiting = await waitingCorrections(db, journals, at);
  const rests = new Map<string, SuspenseRest>();
  const add = (journal: string, more: (rest: SuspenseRest) => Partial<SuspenseRest>) => {
    const rest = rests.get(journal) ?? untouched;
    rests.set(journal, { ...rest, ...more(rest) });
  };
  for (const { journal, by, amount } of taken)
    add(journal, (rest) => ({
      takenBy: [...rest.takenBy, by],
      taken: rest.taken + BigInt(amount),
    }));
  for (const { journal, id, number, document } of waiting) {
    const units = correctionDocument
      .parse(JSON.parse(document))
      .lines.reduce(
        (sum, line) => (line.account === account ? sum + BigInt(line.amount) : sum),
        0n,
      );
    if (units > 0n)
      add(journal, (rest) => ({
        waitingIn: [...rest.waitingIn, { id, number }],
        waiting: rest.waiting + units,
      }));
  }
  return rests;
}

/**
 * Journals that put back on a suspense account what books of before let a bank take from it. They bring in
 * nothing that could be given to somebody: it belongs to the entries that were there.
 * @param wanted.journals numbers of journals, as many as a page shows.
 */
export async function findPutBack(
  db: Database | Tx,
  wanted: { account: string; journals: readonly string[] },
): Promise<ReadonlySet<string>> {
  const journals = [...new Set(wanted.journals)].map(BigInt);
  if (journals.length === 0) return new Set();
  const rows = await db.$queryRaw<{ journal: string }[]>`
    select distinct j.id::text as journal
      from journal j join journal taken on taken.id = j.corrects and taken.kind = 'bank-entry'
        join posting p on p.journal_id = taken.id and p.account_id = ${wanted.account} and p.amount > 0
      where j.id = any(${journals}::bigint[]) and j.kind = 'correction'`;
  return new Set(rows.map(({ journal }) => journal));
}

/** Corrections of these journals that nobody has decided on and that have not expired, oldest first. */
export async function waitingCorrections(
  db: Database | Tx,
  journals: readonly bigint[],
  at: Date,
): Promise<(WaitingCorrection & { journal: string; document: string })[]> {
  const rows = await db.ledgerCorrection.findMany({
    where: { corrects: { in: [...journals] }, state: 'waiting', expiresAt: { gt: at } },
    select: { id: true, number: true, corrects: true, document: true },
    orderBy: [{ raisedAt: 'asc' }, { id: 'asc' }],
    take: waitingMax,
  });
  return rows.map(({ corrects, ...row }) => ({ ...row, journal: String(corrects) }));
}
