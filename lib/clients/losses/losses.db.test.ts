import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditOf } from '#lib/audit/queries.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { closeBooks, deposit } from '#lib/ledger/testing/books.ts';
import {
  close,
  correct,
  decideWithKey,
  fieldOf,
  openClientDesk,
  openOutflowIncident,
  type ClientDesk,
} from '../testing/desk.ts';
import { declineLoss, proposeLoss } from './decide-loss.ts';
import { payLoss } from './pay-loss.ts';
import { viewLoss } from './view-loss.ts';
import { viewClient } from '../view-client.ts';
import { recordLoss } from './record-loss.ts';

/** Twenty-seven digits. */
const large = 300_000_000_000_000_000_000_000_001n;
const incident = 'INC-2026-900001';

let desk: ClientDesk;
let at: string;
beforeAll(async () => {
  desk = await openClientDesk(['C-1001', 'C-1002']);
  await deposit(desk.books, 'C-1001', large);
  await deposit(desk.books, 'C-1002', 600_000_000n);
  at = fieldOf(new Date(Date.now() - 2_000));
  await close(desk);
  await openOutflowIncident(desk, incident);
});
afterAll(() => closeBooks(desk.books));

const loss = (over = {}) => ({
  client: 'C-1002',
  asset: 'SOL',
  amount: '0.5',
  occurredAt: at,
  incident,
  price: '142.355',
  priceAt: at,
  source: 'Mean of three venues',
  subject: 'A transfer to a wrong address.',
  ...over,
});
const record = (over = {}) => recordLoss(desk.people[0].actor, loss(over), desk.context);
const propose = (id: string, over = {}, who = desk.people[0]) =>
  proposeLoss(
    who.actor,
    {
      id,
      seen: '1',
      verdict: 'attributable',
      liability: '71.18',
      incident: '',
      reasons: 'It came by a fault of our own service.',
      ...over,
    },
    desk.context,
  );
const accept = (id: string, who = desk.people[1], seen = '2') =>
  decideWithKey(who, { id, seen, decision: 'accepted' }, desk.context);
const pay = (id: string, journal: string, seen = '3') =>
  payLoss(desk.people[0].actor, { id, seen, journal }, desk.context);
const stepsOf = async (id: string) =>
  (
    await desk.books.owner.registerStep.findMany({ where: { caseId: id }, orderBy: { seq: 'asc' } })
  ).map(({ step }) => step);
/** Cents that the custodian bears, credited to these accounts. */
const payment = (cents: Readonly<Record<string, bigint>>) =>
  correct(desk, [
    {
      account: 'own-expense/losses/EUR',
      amount: Object.values(cents).reduce((sum, one) => sum + one, 0n),
    },
    ...Object.entries(cents).map(([account, amount]) => ({ account, amount: -amount })),
  ]);

describe('a loss', () => {
  it('has its exact value at the time, is decided by two people with a key, and is closed by the journal that pays it', async () => {
    const { id, number } = valueOf(await record());
    expect(number).toMatch(/^LS-\d{4}-\d{6}$/);
    const [share] = await desk.books.owner.lossShare.findMany({ where: { caseId: id } });
    // Half a coin at 142.355 is 71.1775: a part of a cent is a whole one.
    expect([share?.units.toFixed(0), share?.valueCents.toFixed(0)]).toEqual(['500000000', '7118']);
    expect(await accept(id, desk.people[1], '1')).toMatchObject({
      refusal: { code: 'step-not-now' },
    });
    expect(await propose(id, { liability: '71.19' })).toMatchObject({
      refusal: { code: 'over-cap' },
    });
    valueOf(await propose(id));
    expect(await accept(id, desk.people[0])).toMatchObject({ refusal: { code: 'same-person' } });
    expect(await pay(id, '1', '2')).toMatchObject({ refusal: { code: 'not-decided' } });
    valueOf(await accept(id));
    const wrong = await payment({ 'client/C-1002/EUR': 7117n });
    expect(await pay(id, wrong)).toMatchObject({ refusal: { code: 'journal-pays-nothing' } });
    const right = await payment({ 'client/C-1002/EUR': 7118n });
    expect(valueOf(await pay(id, right))).toEqual({ accounts: 1, settled: true });
    expect(await stepsOf(id)).toEqual(['shared', 'proposed', 'accepted', 'settled']);
    const { entries } = await auditOf(desk.books.owner, { subject: number });
    expect(entries[1]).toMatchObject({
      kind: 'register-outcome',
      facts: { what: 'paid', accounts: 1, journal: right },
    });
  });

  it('of all is shared in proportion at 27 digits, and so is what is owed for it, nobody over their own value', async () => {
    const { id } = valueOf(await record({ client: '', amount: '200000000000000000.000000001' }));
    const shares = await desk.books.owner.lossShare.findMany({ where: { caseId: id } });
    const sum = (list: readonly { toFixed(digits: number): string }[]) =>
      list.reduce((all, one) => all + BigInt(one.toFixed(0)), 0n);
    expect(sum(shares.map(({ units }) => units))).toBe(200_000_000_000_000_000_000_000_001n);
    valueOf(await propose(id, { liability: '1.01' }));
    valueOf(await accept(id));
    const owed = await desk.books.owner.lossLiability.findMany({ where: { caseId: id } });
    expect(sum(owed.map(({ cents }) => cents))).toBe(101n);
    for (const { accountId, cents } of owed) {
      const own = shares.find((share) => share.accountId === accountId);
      expect(BigInt(cents.toFixed(0)) <= BigInt(own?.valueCents.toFixed(0) ?? '-1')).toBe(true);
    }
  });

  it('outside the custodian’s control is closed by the decision, because nothing is owed', async () => {
    const { id } = valueOf(await record({ incident: '' }));
    const outside = { verdict: 'outside-control', liability: '' };
    expect(await propose(id, { ...outside, liability: '1' })).toMatchObject({
      refusal: { code: 'liability-without-attribution' },
    });
    expect(await propose(id)).toMatchObject({ refusal: { code: 'incident-missing' } });
    const ofClient = async () => {
      const { losses } = valueOf(await viewClient(desk.people[0].actor, 'C-1002', desk.context));
      return losses.find((one) => one.loss === id);
    };
    valueOf(await propose(id, outside));
    expect(await ofClient(), 'a proposal decides nothing').toMatchObject({ decided: null });
    valueOf(await accept(id));
    expect(await ofClient()).toMatchObject({
      decided: 'Outside the custodian’s control',
      liability: null,
    });
    const shown = valueOf(await viewLoss(desk.people[0].actor, { id, after: null }, desk.context));
    expect(shown).toMatchObject({ paidBy: [], loss: { value: '71.18', isRoundedUp: true } });
    expect(await stepsOf(id)).toEqual(['shared', 'proposed', 'accepted', 'settled']);
  });

  it('is sent back by another person and proposed anew, also with what was paid in kind', async () => {
    const { id } = valueOf(await record());
    valueOf(await propose(id));
    const decline = (who: (typeof desk.people)[number]) =>
      declineLoss(
        who.actor,
        { id, seen: '2', reasons: 'The log says that the chain was at fault.' },
        desk.context,
      );
    expect(await decline(desk.people[0])).toMatchObject({ refusal: { code: 'same-person' } });
    valueOf(await decline(desk.people[1]));
    valueOf(await propose(id, { seen: '3' }));
    valueOf(await accept(id, desk.people[2], '4'));
    const inKind = await correct(desk, [
      { account: 'vault/warm-1/SOL', amount: 500_000_000n },
      { account: 'client/C-1002/SOL', amount: -500_000_000n },
    ]);
    expect(valueOf(await pay(id, inKind, '5'))).toEqual({ accounts: 1, settled: true });
  });

  it('is accepted once by two who press their keys at the same moment, and the second is told', async () => {
    const { id } = valueOf(await record());
    valueOf(await propose(id));
    const answers = await Promise.all([accept(id), accept(id, desk.people[2])]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: 'case-moved' } });
  });

  it('is refused by name, and nothing of it is left', async () => {
    const far = fieldOf(new Date(Date.now() - 2 * 3_600_000));
    const cases: readonly [string, object][] = [
      ['asset-unknown', { asset: 'DOGE' }],
      ['amount-invalid', { amount: '0.0000000001' }],
      ['price-invalid', { price: '1.000000001' }],
      ['price-of-another-time', { priceAt: far }],
      ['in-the-future', { occurredAt: fieldOf(new Date(Date.now() + 60_000)) }],
      ['client-unknown', { client: 'C-9999' }],
      ['incident-unknown', { incident: 'INC-2026-999999' }],
      ['more-than-held', { amount: '1000' }],
      ['form-invalid', { incident: 'yesterday' }],
      ['text-invalid', { source: '' }],
    ];
    const before = await desk.books.owner.registerCase.count();
    for (const [code, over] of cases)
      expect([over, await record(over)]).toMatchObject([over, { refusal: { code } }]);
    expect(await desk.books.owner.registerCase.count()).toBe(before);
  });

  it('is closed to who may not write', async () => {
    const { auditor, context } = desk;
    const id = randomUUID();
    for (const answer of [
      await recordLoss(auditor, loss(), context),
      await proposeLoss(auditor, { id, seen: '1' }, context),
      await declineLoss(auditor, { id, seen: '1' }, context),
      await payLoss(auditor, { id, seen: '1', journal: '1' }, context),
      await decideWithKey(
        { actor: auditor, key: desk.people[0].key },
        { id, seen: '1', decision: 'accepted' },
        context,
      ),
    ])
      expect(answer).toMatchObject({ refusal: { code: 'not-allowed' } });
  });
});
