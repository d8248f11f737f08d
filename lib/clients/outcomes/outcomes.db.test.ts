/** Which journals count as paid or handed out, to people and to a program that writes by itself. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { closeBooks, deposit } from '#lib/ledger/testing/books.ts';
import { raiseAndApprove } from '#lib/reconciliation/corrections/testing/raise-and-approve.ts';
import { proposeLoss } from '../losses/decide-loss.ts';
import { payLoss } from '../losses/pay-loss.ts';
import { recordLoss } from '../losses/record-loss.ts';
import {
  book,
  close,
  correct,
  decideWithKey,
  fieldOf,
  openClientDesk,
  openOutflowIncident,
  type ClientDesk,
} from '../testing/desk.ts';

const incident = 'INC-2026-900001';
/** Half a coin at 142.355 euro, in cents. */
const owed = 7_118n;
const account = 'client/C-1002/EUR';

let desk: ClientDesk;
let at: string;
beforeAll(async () => {
  desk = await openClientDesk(['C-1001', 'C-1002']);
  await deposit(desk.books, 'C-1002', 5_000_000_000n);
  at = fieldOf(new Date(Date.now() - 2_000));
  await close(desk);
  await openOutflowIncident(desk, incident);
});
afterAll(() => closeBooks(desk.books));

/** A loss of half a coin for which 71.18 euro are owed. @returns its id. */
async function decidedLoss(): Promise<string> {
  const { id } = valueOf(
    await recordLoss(
      desk.people[0].actor,
      {
        client: 'C-1002',
        asset: 'SOL',
        amount: '0.5',
        occurredAt: at,
        incident,
        price: '142.355',
        priceAt: at,
        source: 'Mean of three venues',
        subject: 'A transfer to a wrong address.',
      },
      desk.context,
    ),
  );
  const proposal = { id, seen: '1', verdict: 'attributable', liability: '71.18', incident: '' };
  const reasons = 'It came by a fault of our own service.';
  valueOf(await proposeLoss(desk.people[0].actor, { ...proposal, reasons }, desk.context));
  valueOf(
    await decideWithKey(desk.people[1], { id, seen: '2', decision: 'accepted' }, desk.context),
  );
  return id;
}
const pay = (id: string, journal: string) =>
  payLoss(desk.people[0].actor, { id, seen: '3', journal }, desk.context);
const payAsProgram = (caseId: string, journal: string, line: number) =>
  desk.books.web.registerOutcome
    .create({
      data: {
        caseId,
        accountId: 'client/C-1002/SOL',
        what: 'paid',
        journalId: BigInt(journal),
        line,
        actor: desk.people[0].actor.personId,
        at: new Date(),
      },
    })
    .then(
      () => 'paid',
      (error: unknown) => String(error),
    );
const from = (debited: string) => [
  { account: debited, amount: owed },
  { account, amount: -owed },
];
const payment = () => correct(desk, from('own-expense/losses/EUR'));

describe('a journal pays what is owed', () => {
  it('only when two people booked it after it was decided, from what is the custodian’s, and nobody took it back', async () => {
    const before = await payment();
    const id = await decidedLoss();
    const ofBank = await book(desk, from('bank/clients-1/EUR'), 'bank-entry');
    await book(desk, [
      { account: 'bank/clients-1/EUR', amount: owed },
      { account: 'client/C-1001/EUR', amount: -owed },
    ]);
    const takenBack = await payment();
    const [, ben, cleo] = desk.people;
    const reversed = from('own-expense/losses/EUR').map((line) => ({
      ...line,
      amount: -line.amount,
    }));
    await raiseAndApprove(
      [ben, cleo],
      { lines: reversed, corrects: BigInt(takenBack) },
      desk.context,
    );
    const cases: readonly [string, string][] = [
      ['journal-unknown', '999999'],
      ['journal-by-nobody', ofBank],
      ['journal-before', before],
      ['journal-taken-back', takenBack],
      ['journal-of-others', await correct(desk, from('client/C-1001/EUR'))],
      ['journal-of-others', await correct(desk, from('bank/clients-1/EUR'))],
    ];
    for (const [code, journal] of cases) {
      expect([code, await pay(id, journal)]).toMatchObject([code, { refusal: { code } }]);
      for (const line of [1, 2])
        expect([code, await payAsProgram(id, journal, line)]).toEqual([
          code,
          expect.stringContaining('does not hand out what is due'),
        ]);
    }
    expect(valueOf(await pay(id, await payment()))).toEqual({ accounts: 1, settled: true });
  });

  it('once: of two losses that name the same journal at the same moment one is paid', async () => {
    const [one, two] = [await decidedLoss(), await decidedLoss()];
    const journal = await payment();
    const answers = await Promise.all([pay(one, journal), pay(two, journal)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({
      refusal: { code: 'journal-pays-other' },
    });
    const other = answers[0]?.ok ? two : one;
    expect(await payAsProgram(other, journal, 2)).toContain('does not hand out what is due');
  });

  it('also out of suspense, where the custodian’s own payment lies until it is attributed', async () => {
    const id = await decidedLoss();
    await book(
      desk,
      [
        { account: 'bank/clients-1/EUR', amount: owed },
        { account: 'suspense/bank/EUR', amount: -owed },
      ],
      'bank-entry',
    );
    const attributed = await correct(desk, from('suspense/bank/EUR'));
    expect(valueOf(await pay(id, attributed))).toEqual({ accounts: 1, settled: true });
  });

  it('also once somebody attributed what it left in suspense', async () => {
    const id = await decidedLoss();
    const journal = await correct(desk, [
      { account: 'own-expense/losses/EUR', amount: 2n * owed },
      { account, amount: -owed },
      { account: 'suspense/bank/EUR', amount: -owed },
    ]);
    const rest = [
      { account: 'suspense/bank/EUR', amount: owed },
      { account: 'client/C-1001/EUR', amount: -owed },
    ];
    const [, ben, cleo] = desk.people;
    await raiseAndApprove([ben, cleo], { lines: rest, corrects: BigInt(journal) }, desk.context);
    expect(await payAsProgram(id, journal, 3)).not.toBe('paid');
    expect(valueOf(await pay(id, journal))).toEqual({ accounts: 1, settled: true });
  });
});
