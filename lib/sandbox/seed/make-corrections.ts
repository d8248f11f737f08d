/** Two corrections of the books: one that two colleagues signed, and one that waits for whoever comes. */
import { prepareCorrection } from '#lib/reconciliation/corrections/prepare-correction.ts';
import { submitCorrection } from '#lib/reconciliation/corrections/submit-correction.ts';
import type { WorkingColleague } from '../colleagues/colleague.ts';
import type { Team } from '../colleagues/team.ts';
import type { SeedContext } from './seed-context.ts';

const suspense = 'suspense/bank/EUR';

/** What the sample banks' entries left in suspense, and whose it turned out to be. */
const samples = [
  {
    lines: [
      { account: suspense, side: 'debit', amount: '4800.00' },
      { account: 'client/C-11903/EUR', side: 'credit', amount: '4800.00' },
    ],
    reason:
      'Invoice 2026-114 was paid from the account that C-11903 pays from; the bank confirmed it, letter of 9 June.',
    /** Cents of the entry that it gives to somebody. */
    entry: 480_000n,
    isApproved: true,
  },
  {
    lines: [
      { account: suspense, side: 'debit', amount: '450.00' },
      { account: 'client/C-18822/EUR', side: 'credit', amount: '450.00' },
    ],
    reason:
      'Half of one payment for C-18822 and C-20977. C-18822 confirmed its half, C-20977 has not answered yet, ticket 4471.',
    entry: 90_000n,
    isApproved: false,
  },
] as const;

export async function makeCorrections(team: Team, context: SeedContext): Promise<void> {
  const made = await context.db.ledgerCorrection.findMany({
    orderBy: { number: 'asc' },
    select: { id: true, digest: true, state: true },
  });
  for (const [index, { lines, reason, entry, isApproved }] of samples.entries()) {
    const before = made[index];
    if (before && (!isApproved || before.state !== 'waiting')) continue;
    const corrects = await journalOf(entry, context);
    const id =
      before?.id ?? (await raise(await team.signIn('ada'), { lines, corrects, reason }, context));
    if (!isApproved) continue;
    const { digest } = await context.db.ledgerCorrection.findUniqueOrThrow({ where: { id } });
    await press(await team.signIn('lena'), { decision: 'approve', id, digest }, context);
    context.log('a correction of the books approved');
  }
}

/** Number of the journal that brought so much into suspense; null where none did. */
async function journalOf(cents: bigint, { db }: SeedContext): Promise<string | null> {
  const line = await db.posting.findFirst({
    where: { accountId: suspense, amount: (-cents).toString() },
    orderBy: { journalId: 'asc' },
    select: { journalId: true },
  });
  return line && line.journalId.toString();
}

const raise = (
  colleague: WorkingColleague,
  content: { lines: readonly object[]; corrects: string | null; reason: string },
  context: SeedContext,
): Promise<string> => press(colleague, { decision: 'raise', break: null, ...content }, context);

/** Presses the colleague's key on what the use case gives out. @returns the correction's id. */
async function press(
  { entry, actor }: WorkingColleague,
  input: object,
  context: SeedContext,
): Promise<string> {
  const prepared = await prepareCorrection(actor, input, context);
  if (!prepared.ok) throw new Error(prepared.refusal.sentence);
  const { nonce, options } = prepared.value;
  const assertion = entry.authenticator.assert({
    challenge: options.challenge,
    origin: context.settings.origin,
  });
  const submitted = await submitCorrection(actor, { nonce, assertion }, context);
  if (!submitted.ok) throw new Error(submitted.refusal.sentence);
  return submitted.value.correction;
}
