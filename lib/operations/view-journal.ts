/** One journal with everything that says why it stands there. */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { journalDigest } from '#lib/ledger/post-journal.ts';
import { findJournal, type JournalRecord } from '#lib/ledger/queries.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { amountText, lineView, numbersOf, vaultNames } from './ledger-text.ts';
import { waitingCorrections, type WaitingCorrection } from './suspense-rest.ts';
import type { JournalEntryView } from './view-journals.ts';

export type JournalRecordView = JournalEntryView &
  Pick<JournalRecord, 'contentDigest' | 'key' | 'correctedBy' | 'bankEntry'> & {
    /** Whether the digest kept with the journal is that of what it says now. */
    digestHolds: boolean;
    /** Corrections of it that nobody has decided on yet. */
    waitingIn: WaitingCorrection[];
    deposits: { txid: string; from: string; vault: string; vaultName: string }[];
    /** Debits and credits per asset, added up from the lines. */
    sums: { asset: string; debit: string; credit: string; isBalanced: boolean }[];
  };

const journalNumber = z
  .string()
  .regex(/^[1-9]\d{0,17}$/)
  .transform(BigInt);

export async function viewJournal(
  actor: Actor,
  number: string,
  context: Context,
): Promise<Result<JournalRecordView>> {
  const refused = lacksScope(actor, 'ledger:read');
  if (refused) return refused;
  const id = journalNumber.safeParse(number);
  return inSnapshot(context.db, async (db) => {
    const journal = id.success ? await findJournal(db, id.data) : null;
    if (!journal) return refuse('journal-unknown', 'There is no journal of this number.');
    const numbers = await numbersOf([journal.operation], db);
    const names = await vaultNames(db);
    const waiting = await waitingCorrections(db, [BigInt(journal.id)], context.clock());
    return ok({
      ...journal,
      waitingIn: waiting.map(({ id: correction, number: its }) => ({
        id: correction,
        number: its,
      })),
      operationNumber: numbers.get(journal.operation ?? '') ?? null,
      digestHolds: journalDigest(journal) === journal.contentDigest,
      lines: journal.lines.map((line) => lineView(line, names)),
      deposits: journal.deposits.map(({ txid, from, vault }) => ({
        txid,
        from,
        vault,
        vaultName: names.get(vault) ?? vault,
      })),
      sums: sumsOf(journal.lines),
    });
  });
}

function sumsOf(lines: JournalRecord['lines']): JournalRecordView['sums'] {
  return [...Map.groupBy(lines, ({ asset }) => asset)].map(([asset, own]) => {
    const units = own.map(({ amount }) => BigInt(amount));
    const sum = (wanted: bigint[]) => wanted.reduce((total, unit) => total + unit, 0n);
    const debit = sum(units.filter((unit) => unit > 0n));
    const credit = -sum(units.filter((unit) => unit < 0n));
    return {
      asset,
      debit: amountText(debit, asset),
      credit: amountText(credit, asset),
      isBalanced: debit === credit,
    };
  });
}
