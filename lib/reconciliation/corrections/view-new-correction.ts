/** What a correction starts from: a journal, a break, or an amount that nobody has claimed. */
import { z } from 'zod';
import { chainFacts } from '#lib/chains/registry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import {
  accountStatement,
  findJournal,
  type JournalRecord,
  type StatementLine,
} from '#lib/ledger/queries.ts';
import { lineView, normalBalance, vaultNames, type LineView } from '#lib/operations/ledger-text.ts';
import {
  entryRest,
  findPutBack,
  leftOf,
  suspenseRests,
  type EntryRest,
} from '#lib/operations/suspense-rest.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { assetOfAccount, ledgerAccountName } from '#lib/protocol/correction.ts';
import { unitsText } from '../amount-text.ts';
import { itemSchema } from '../matching/item-schema.ts';
import { accountOfBreak } from './check-break.ts';
import type { TypedLine } from './read-lines.ts';
import { readMissing, type Missing } from './read-missing.ts';
import {
  answerTo,
  attributionOf,
  correctionOf,
  isOfChain,
  makeGood,
  ownCoinsOf,
  type Suggestion,
} from './suggest.ts';

export type CorrectedJournal = {
  id: string;
  kind: string;
  postedAt: string;
  lines: LineView[];
  /** Numbers of journals that correct it already. */
  correctedBy: string[];
};

export type NewCorrectionView = {
  /** Lines to start from; an empty account is for the person to name. */
  lines: TypedLine[];
  corrects: string | null;
  corrected: CorrectedJournal | null;
  /** The chain confirmed what the journal books, so its reversal is not what to start from. */
  isOfChain: boolean;
  break: { id: string; number: string; asset: string; amount: string } | null;
  /** The suspense account that it starts from, and what came in there, newest first. */
  suspense: {
    account: string;
    asset: string;
    balance: string;
    /** What went out of banks unexplained in this asset; null where nothing is missing. */
    missing: string | null;
    /** Whether the chosen entry is to make that good. */
    makesGood: boolean;
    /** The chosen entry came to the custodian's own account in a vault, so it may be the custodian's own. */
    mayBeOwn: boolean;
    /** Whether it is to be said so. */
    isOwn: boolean;
    entries: (EntryRest & {
      key: string;
      journal: string;
      postedAt: string;
      isChosen: boolean;
    })[];
  } | null;
  /** What went out unexplained, where it starts from that; exact decimal text. */
  missing: MissingView | null;
  /** Names of accounts to choose from; there may be more. */
  accounts: string[];
};

export type MissingView = {
  account: string;
  asset: string;
  amount: string;
  /** The journal of the payment that is suggested to make it good; null where no single one is of this amount. */
  payment: string | null;
};

const asked = z.object({
  journal: z
    .string()
    .regex(/^[1-9]\d{0,17}$/)
    .nullable()
    .catch(null),
  break: z.uuid().nullable().catch(null),
  account: ledgerAccountName.nullable().catch(null),
  /** A line of that account: `journal_line`. */
  entry: z
    .string()
    .regex(/^[1-9]\d{0,17}_\d{1,4}$/)
    .nullable()
    .catch(null),
  to: z.literal(['missing', 'own']).nullable().catch(null),
});

const accountsShown = 300;
const entriesShown = 20;
const nothing: Suggestion = { lines: [], corrects: null };

/** @param given one text for each parameter of the page; what is malformed counts as not given. */
export async function viewNewCorrection(
  actor: Actor,
  given: Readonly<Record<string, string | null>>,
  { db, clock }: Context,
): Promise<Result<NewCorrectionView, 'not-allowed' | 'origin-unknown'>> {
  const refused = lacksScope(actor, 'correction:raise');
  if (refused) return refused;
  const wanted = asked.parse({
    journal: given['journal'] ?? null,
    break: given['break'] ?? null,
    account: given['account'] ?? null,
    entry: given['entry'] ?? null,
    to: given['to'] ?? null,
  });
  return inSnapshot(db, async (tx) => {
    const at = clock();
    const { account } = wanted;
    const answered = wanted.break === null ? null : await readBreak(tx, wanted.break, at);
    const suspense = account === null ? null : await readSuspense(tx, { ...wanted, account }, at);
    const missing =
      account?.startsWith('missing/') === true
        ? await readMissing(tx, { asset: assetOfAccount(account), atMost: null, at })
        : (answered?.missing ?? null);
    const named = wanted.journal === null ? null : await findJournal(tx, BigInt(wanted.journal));
    if (
      (wanted.break !== null && !answered) ||
      (wanted.journal !== null && !named) ||
      (account !== null && !suspense && !missing)
    )
      return refuse(
        'origin-unknown',
        'What this correction was to start from is not on record. Start from a journal, a break, a suspense account or what is missing.',
      );
    const suggestion =
      answered?.suggestion ??
      suspense?.suggestion ??
      (missing ? makeGood(missing) : named ? correctionOf(named) : nothing);
    const corrected =
      named ??
      (suggestion.corrects === null ? null : await findJournal(tx, BigInt(suggestion.corrects)));
    const asset = answered?.view.asset ?? suspense?.view.asset ?? missing?.asset ?? null;
    return ok({
      ...suggestion,
      corrected: corrected && shownJournal(corrected, await vaultNames(tx)),
      isOfChain: named !== null && isOfChain(named.kind),
      break: answered?.view ?? null,
      suspense: suspense?.view ?? null,
      missing: missing && missingView(missing),
      accounts: await accountNames(tx, asset),
    });
  });
}

async function accountNames(tx: Tx, asset: string | null): Promise<string[]> {
  const rows = await tx.account.findMany({
    where: asset === null ? {} : { asset },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: accountsShown,
  });
  return rows.map(({ id }) => id);
}

/** @param names what people call the vaults. @param posted the correction's own journal, which is no other. */
export const shownJournal = (
  { id, kind, postedAt, lines, correctedBy }: JournalRecord,
  names: ReadonlyMap<string, string>,
  posted: string | null = null,
): CorrectedJournal => ({
  id,
  kind,
  postedAt,
  lines: lines.map((line) => lineView(line, names)),
  correctedBy: correctedBy.filter((journal) => journal !== posted),
});

const sidesSchema = z.object({ ledger: z.array(itemSchema), outside: z.array(itemSchema) });

async function readBreak(
  tx: Tx,
  id: string,
  at: Date,
): Promise<{
  view: NonNullable<NewCorrectionView['break']>;
  suggestion: Suggestion;
  missing: Missing | null;
} | null> {
  const row = await tx.breakRecord.findUnique({ where: { id } });
  if (!row) return null;
  const { ledger, outside } = sidesSchema.parse(row.sides);
  const journals = new Set(ledger.flatMap(({ ref }) => /^journal:(\d+):/.exec(ref)?.[1] ?? []));
  const [only] = journals.size === 1 ? journals : [];
  const amount = unitsOf(row.amount);
  const { number, asset } = row;
  // What differs at one place is mended there; what is short over all of them may have gone out of a bank.
  const missing =
    row.kind === 'liabilities' && amount < 0n
      ? await readMissing(tx, { asset, atMost: -amount, at })
      : null;
  return {
    missing,
    view: { id, number, asset, amount: unitsText(amount, asset) },
    suggestion: answerTo({
      account: accountOfBreak(row),
      asset,
      amount,
      kind: row.kind,
      journal: only === undefined ? null : await findJournal(tx, BigInt(only)),
      hasOutside: outside.length > 0,
      missing,
    }),
  };
}

const missingView = ({ account, asset, units, payment }: Missing): MissingView => ({
  account,
  asset,
  amount: unitsText(units, asset),
  payment: payment && payment.journal,
});

async function readSuspense(
  tx: Tx,
  {
    account: id,
    entry,
    to,
  }: { account: string; entry: string | null; to: 'missing' | 'own' | null },
  at: Date,
): Promise<{ view: NonNullable<NewCorrectionView['suspense']>; suggestion: Suggestion } | null> {
  const account = await tx.account.findUnique({ where: { id } });
  if (account?.kind !== 'suspense') return null;
  const asset = assetOfAccount(id);
  const { lines } = await accountStatement(tx, { account: id, limit: 200 });
  // Credits: what came in. What was given away stands there too, as debits.
  const credits = lines.filter(({ amount }) => BigInt(amount) < 0n);
  const journals = credits.map(({ journal }) => journal);
  const putBack = await findPutBack(tx, { account: id, journals });
  const newest = credits.filter(({ journal }) => !putBack.has(journal)).slice(0, entriesShown);
  const keyOf = (line: { journal: string; line: number }) => `${line.journal}_${line.line}`;
  const listed = newest.find((line) => keyOf(line) === entry);
  const chosen = listed ?? (entry === null ? null : await olderEntry(tx, id, entry));
  const came = listed || !chosen ? newest : [chosen, ...newest];
  const rests = await suspenseRests(tx, {
    account: id,
    journals: came.map(({ journal }) => journal),
    at,
  });
  const entries = came.map((line) => ({
    ...entryRest(-BigInt(line.amount), rests.get(line.journal), asset),
    key: keyOf(line),
    journal: line.journal,
    postedAt: line.postedAt,
    isChosen: line === chosen,
  }));
  const left = chosen
    ? atMost(normalBalance(account), leftOf(-BigInt(chosen.amount), rests.get(chosen.journal)))
    : null;
  const missing = await readMissing(tx, { asset, atMost: null, at });
  const ownVault = chosen ? await ownVaultOf(tx, chosen.journal) : null;
  const isOwn = to === 'own' && ownVault !== null && left !== null && left > 0n;
  const makesGood = to === 'missing' && missing !== null && left !== null && left > 0n;
  return {
    view: {
      account: id,
      asset,
      balance: unitsText(normalBalance(account), asset),
      missing: missing && unitsText(missing.units, asset),
      makesGood,
      mayBeOwn: ownVault !== null,
      isOwn,
      entries,
    },
    suggestion: !chosen
      ? {
          corrects: null,
          lines: [
            { account: id, side: 'debit', amount: '' },
            { account: '', side: 'credit', amount: '' },
          ],
        }
      : makesGood
        ? makeGood({
            ...missing,
            units: atMost(missing.units, left),
            payment: { account: id, journal: chosen.journal },
          })
        : isOwn
          ? ownCoinsOf({ account: id, vault: ownVault, journal: chosen.journal }, left)
          : attributionOf(id, left ?? 0n, chosen.journal),
  };
}

/** The vault into whose own account a journal booked a deposit; null where owners have no accounts, or it was none. */
async function ownVaultOf(tx: Tx, journal: string): Promise<string | null> {
  const found = await tx.deposit.findFirst({
    where: { journalId: BigInt(journal), clientId: null },
    select: { vaultId: true, chain: true },
  });
  return found && chainFacts(found.chain).accounts === 'by-owner' ? found.vaultId : null;
}

/** The account may hold less than is left of the entry: a correction that names no journal took of it. */
function atMost(balance: bigint, left: bigint): bigint {
  if (balance <= 0n) return 0n;
  return left < balance ? left : balance;
}

/** A line of the account that brought something in, however long ago; null when there is none such. */
async function olderEntry(tx: Tx, account: string, key: string): Promise<StatementLine | null> {
  const [journal = '', line = ''] = key.split('_');
  // The page that begins right after the line before it.
  const before = { journal, line: Number.parseInt(line, 10) + 1 };
  const { lines } = await accountStatement(tx, { account, before, limit: 1 });
  const found = lines[0];
  const isThat = found?.journal === journal && found.line === Number.parseInt(line, 10);
  if (!isThat || BigInt(found.amount) >= 0n) return null;
  const putBack = await findPutBack(tx, { account, journals: [journal] });
  return putBack.has(journal) ? null : found;
}
