/** Two accounts with clients' money at banks, and what the banks said of the last days. */
import { importStatement } from '#lib/reconciliation/bank/import-statement.ts';
import { recordBankAccount } from '#lib/reconciliation/bank/record-account.ts';
import { csvLayouts } from '#lib/reconciliation/statements/csv-layouts.ts';
import type { StatementEntry } from '#lib/reconciliation/statements/statement.ts';
import { renderCamt, renderCsv, type Rendered } from '../banks/render-statement.ts';
import type { Team } from '../colleagues/team.ts';
import { waitFor, type SeedContext } from './seed-context.ts';

const dayMs = 86_400_000;

type SampleEntry = { amount: bigint; remittance: string; counterparty?: string };

type SampleAccount = {
  id: string;
  institution: string;
  bic: string;
  iban: string;
  format: 'camt.053' | 'csv';
  /** What was booked on each of the last days, the oldest first. Cents. */
  days: readonly (readonly SampleEntry[])[];
};

/** Both banks are made up, and so are their codes; the check digits are right. */
const accounts: readonly SampleAccount[] = [
  {
    id: 'clients-1',
    institution: 'Sample Bank of the Danube',
    bic: 'SABDATW1',
    iban: 'AT119990000001234501',
    format: 'camt.053',
    days: [
      [
        {
          amount: 25_000_000n,
          remittance: 'C-20418 first deposit',
          counterparty: 'DE67999000000087654321',
        },
        { amount: 1_250_050n, remittance: 'Deposit C-11903', counterparty: 'LU679990000001234567' },
      ],
      [
        { amount: 480_000n, remittance: 'Invoice 2026-114', counterparty: 'LU679990000001234567' },
        // Clients’ money is short by it, and stays so until two people book what our own payment is for.
        { amount: -1_250n, remittance: 'Account fee November' },
      ],
      [
        { amount: 7_500_000n, remittance: 'C-30512', counterparty: 'FR0799999000010000000042000' },
        {
          amount: 1_250n,
          remittance: 'Own funds for the account fee November',
          counterparty: 'AT269990000009876543',
        },
        { amount: 90_000n, remittance: 'for C-18822 and C-20977' },
      ],
    ],
  },
  {
    id: 'clients-2',
    institution: 'Sample Savings Bank Rhine',
    bic: 'SASBDEF1XXX',
    iban: 'DE28999000000012345678',
    format: 'csv',
    days: [
      [
        {
          amount: 3_000_000n,
          remittance: 'C-18822 deposit',
          counterparty: 'DE67999000000087654321',
        },
      ],
      [{ amount: 12_345n, remittance: 'C-20977', counterparty: 'AT119990000001234501' }],
    ],
  },
];

export async function makeBankAccounts(team: Team, context: SeedContext): Promise<void> {
  for (const account of accounts) {
    await record(team, account, context);
    // Each day follows the one before, so a start that was cut off goes on with the next.
    const done = await context.db.bankStatement.count({ where: { accountId: account.id } });
    for (let day = done; day < account.days.length; day += 1)
      await importDay(team, account, day, context);
  }
  await waitFor('the entries of the banks to be booked', 60_000, async () =>
    (await context.db.bankStatement.count({ where: { booked: null } })) === 0 ? true : null,
  );
}

async function record(
  team: Team,
  { id, institution, bic, iban }: SampleAccount,
  context: SeedContext,
): Promise<void> {
  if (await context.db.bankAccount.findUnique({ where: { id } })) return;
  const { actor } = await team.signIn('ada');
  const wanted = { id, institution, bic, iban, segregated: true, openedOn: '2025-01-02' };
  const recorded = await recordBankAccount(actor, wanted, context);
  if (!recorded.ok) throw new Error(recorded.refusal.sentence);
}

async function importDay(
  team: Team,
  account: SampleAccount,
  day: number,
  context: SeedContext,
): Promise<void> {
  const { actor } = await team.signIn('ada');
  const file = statementOf(account, day, context.clock());
  const text = account.format === 'csv' ? renderCsv(file, csvLayouts.csv) : renderCamt(file);
  const bytes = new TextEncoder().encode(text);
  const imported = await importStatement(
    actor,
    { account: account.id, format: account.format, bytes },
    context,
  );
  if (!imported.ok) throw new Error(imported.refusal.sentence);
  context.log(`statement ${file.sequence} of ${account.id} imported`);
}

const sum = (entries: readonly SampleEntry[]): bigint =>
  entries.reduce((total, { amount }) => total + amount, 0n);

/** The statement of one day; the last one is of yesterday. */
function statementOf({ id, iban, days }: SampleAccount, index: number, now: Date): Rendered {
  const date = new Date(now.getTime() - (days.length - index) * dayMs).toISOString().slice(0, 10);
  const opening = sum(days.slice(0, index).flat());
  const entries = days[index] ?? [];
  return {
    iban,
    currency: 'EUR',
    id: `${id.toUpperCase()}-${index + 1}`,
    sequence: index + 1,
    from: date,
    to: date,
    opening,
    closing: opening + sum(entries),
    entries: entries.map((entry, place) => entryOf(entry, `${index + 1}-${place + 1}`, date)),
  };
}

const entryOf = (
  { amount, remittance, counterparty }: SampleEntry,
  reference: string,
  date: string,
): Omit<StatementEntry, 'line'> => ({
  amount,
  bookingDate: date,
  valueDate: date,
  reference: `SAMPLE-${reference}`,
  endToEnd: null,
  remittance,
  counterparty: counterparty ?? null,
  isReversal: false,
  payments: 1,
});
