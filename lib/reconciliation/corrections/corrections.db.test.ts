import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { auditOf } from '#lib/audit/queries.ts';
import { scopesOf } from '#lib/identity/roles.ts';
import { valueOf, type TestContext } from '#lib/identity/testing/people.ts';
import { findLedgerFaults } from '#lib/ledger/find-faults.ts';
import { clientBalances } from '#lib/ledger/queries.ts';
import {
  closeBooks,
  deposit,
  raise as raiseWithdrawal,
  type Books,
} from '#lib/ledger/testing/books.ts';
import { declineCorrection } from './decline-correction.ts';
import { listCorrections } from './list-corrections.ts';
import { correctionLifetimeMs } from './correction-row.ts';
import { prepareCorrection } from './prepare-correction.ts';
import { submitCorrection } from './submit-correction.ts';
import { openCorrectionDesk, type CorrectionDesk } from './testing/correction-desk.ts';
import {
  approve,
  credit,
  debit,
  pressCorrection,
  raise,
  type Raise,
} from './testing/press-correction.ts';
import { viewCorrection } from './view-correction.ts';
import { viewNewCorrection } from './view-new-correction.ts';
import { withdrawCorrection } from './withdraw-correction.ts';

const sol = 1_000_000_000n;
const client = 'client/C-1001/SOL';
const other = 'client/C-1002/SOL';
const suspense = 'suspense/deposits/SOL';
const warm = 'vault/warm-1/SOL';

let desk: CorrectionDesk;
let books: Books;
let web: TestContext;
const ada = () => desk.ada;
const ben = () => desk.ben;
const cara = () => desk.cara;

beforeAll(async () => {
  desk = await openCorrectionDesk(['C-1001', 'C-1002', 'C-1003']);
  ({ books, web } = desk);
  await deposit(books, 'C-1001', 10n * sol);
  await deposit(books, 'C-1002', 5n * sol);
});
// It says what is wrong with the books, if anything is.
afterAll(() => closeBooks(books));
beforeEach(() => web.passTime(1_000));

/** One SOL that nobody has claimed, to be given to C-1002. */
const attribution = (amount = '1'): Raise => ({
  lines: [debit(suspense, amount), credit(other, amount)],
});
const raised = async (wanted: Raise, signer = ada()) =>
  valueOf(await raise(signer, wanted, web)).correction;
const rowOf = (id: string) => books.owner.ledgerCorrection.findUniqueOrThrow({ where: { id } });
const balanceOf = async (name: string) => {
  const [found] = await clientBalances(books.owner, { client: name });
  return found?.posted;
};
const journals = () => books.owner.journal.count({ where: { kind: 'correction' } });
const newestJournal = async () =>
  (await books.owner.journal.findFirstOrThrow({ orderBy: { id: 'desc' } })).id.toString();

describe('a correction', () => {
  it('is posted when a second person approves exactly what the first raised', async () => {
    await deposit(books, null, 3n * sol);
    const before = BigInt((await balanceOf('C-1002')) ?? 0);
    const id = await raised(attribution('3'));
    expect(await journals(), 'raising moves nothing').toBe(0);
    const waiting = valueOf(await viewCorrection(ben().actor, id, web));
    expect(waiting).toMatchObject({
      standing: 'waiting',
      stop: null,
      can: { approve: true, decline: true, withdraw: false },
      lines: [
        { account: suspense, debit: '3.000000000', before: '3.000000000', after: '0.000000000' },
        { account: other, credit: '3.000000000', before: '5.000000000', after: '8.000000000' },
      ],
    });
    const { journal, number } = valueOf(await approve(ben(), id, web));
    expect(await balanceOf('C-1002')).toBe((before + 3n * sol).toString());
    const posted = await books.owner.journal.findUniqueOrThrow({
      where: { id: BigInt(journal ?? 0) },
      include: { postings: { orderBy: { line: 'asc' } } },
    });
    expect(posted).toMatchObject({
      kind: 'correction',
      idempotencyKey: `correction:${id}`,
      corrects: null,
    });
    expect(posted.postings.map((line) => [line.accountId, line.amount.toFixed(0)])).toEqual([
      [suspense, (3n * sol).toString()],
      [other, (-3n * sol).toString()],
    ]);
    const { entries } = await auditOf(books.owner, { subject: number });
    expect(entries.map(({ facts, actor }) => [facts['what'], actor])).toEqual([
      ['approved', ben().actor.personId],
      ['raised', ada().actor.personId],
    ]);
    expect(JSON.stringify(entries.map(({ facts }) => facts))).not.toContain('ticket 17');
    const after = valueOf(await viewCorrection(ada().actor, id, web));
    expect(after).toMatchObject({
      standing: 'approved',
      reason: 'Booked twice, ticket 17.',
      endedBy: 'Ben Okafor',
      lines: [
        { before: '3.000000000', after: '0.000000000' },
        { before: '5.000000000', after: '8.000000000' },
      ],
    });
  });

  it('names the journal that it corrects, on both pages', async () => {
    await deposit(books, 'C-1001', sol);
    const wrong = await newestJournal();
    const id = await raised({ lines: [debit(client, '1'), credit(warm, '1')], corrects: wrong });
    const view = valueOf(await viewCorrection(ben().actor, id, web));
    expect(view.corrected).toMatchObject({ id: wrong, kind: 'deposit' });
    const { journal } = valueOf(await approve(ben(), id, web));
    const row = await books.owner.journal.findUniqueOrThrow({
      where: { id: BigInt(journal ?? 0) },
    });
    expect(row.corrects?.toString()).toBe(wrong);
    const again = valueOf(await viewNewCorrection(ada().actor, { journal: wrong }, web));
    expect(again.corrected?.correctedBy, 'so that nobody takes it back twice').toEqual([journal]);
    const own = valueOf(await viewCorrection(ada().actor, id, web));
    expect(own.corrected?.correctedBy).toEqual([]);
  });

  it('is approved once: of two at the same moment one posts it, the other is told', async () => {
    await deposit(books, null, sol);
    const before = await journals();
    const id = await raised(attribution());
    const answers = await Promise.all([approve(ben(), id, web), approve(cara(), id, web)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: 'correction-ended' } });
    expect(await approve(cara(), id, web)).toMatchObject({ refusal: { code: 'correction-ended' } });
    expect(await journals()).toBe(before + 1);
  });

  it('is not approved by who raised it, whatever their role', async () => {
    const id = await raised({ lines: [debit(warm, '1'), credit(suspense, '1')] });
    expect(await approve(ada(), id, web)).toMatchObject({ refusal: { code: 'same-person' } });
    expect(await declineCorrection(ada().actor, { id, text: 'Not this one.' }, web)).toMatchObject({
      refusal: { code: 'same-person' },
    });
    valueOf(await withdrawCorrection(ada().actor, { id }, web));
  });

  it('is looked at again when it is approved: a balance that went meanwhile is not overdrawn', async () => {
    await deposit(books, 'C-1003', sol);
    const own = 'client/C-1003/SOL';
    const id = await raised({ lines: [debit(own, '1'), credit('own-income/fees/SOL', '1')] });
    const prepared = valueOf(
      await prepareCorrection(
        ben().actor,
        { decision: 'approve', id, digest: (await rowOf(id)).digest },
        web,
      ),
    );
    expect(await raiseWithdrawal(books, randomUUID(), 'C-1003', sol / 2n)).toBe(true);
    const assertion = ben().key.assert({
      challenge: prepared.options.challenge,
      origin: web.settings.origin,
    });
    expect(
      await submitCorrection(ben().actor, { nonce: prepared.nonce, assertion }, web),
    ).toMatchObject({ refusal: { code: 'insufficient-balance' } });
    expect((await rowOf(id)).state, 'it still waits').toBe('waiting');
    expect(await balanceOf('C-1003')).toBe(sol.toString());
    const view = valueOf(await viewCorrection(ben().actor, id, web));
    expect(view.stop).toContain('0.500000000 SOL are available');
    expect(view.can).toMatchObject({ approve: false, decline: true });
  });

  it.each([
    ['suspense-short', null, () => attribution('0.7')],
    [
      'insufficient-balance',
      'C-1003',
      () => ({
        lines: [debit('client/C-1003/SOL', '0.7'), credit('own-income/fees/SOL', '0.7')],
      }),
    ],
  ] as const)(
    'is refused as %s by the books themselves when another takes the same at that moment',
    async (code, owner, wanted) => {
      // Filled up to one SOL, so that exactly one of the two is covered.
      const account = owner === null ? suspense : 'client/C-1003/SOL';
      const left = await books.owner.account.findUnique({ where: { id: account } });
      const free =
        BigInt(left?.credits.toFixed(0) ?? 0) -
        BigInt(left?.debits.toFixed(0) ?? 0) -
        BigInt(left?.held.toFixed(0) ?? 0);
      expect(free).toBeLessThan(sol);
      await deposit(books, owner, sol - free);
      const before = await journals();
      const [first, second] = [await raised(wanted()), await raised(wanted())];
      const answers = await Promise.all([approve(ben(), first, web), approve(cara(), second, web)]);
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      expect(answers.find(({ ok }) => !ok)).toMatchObject({ refusal: { code } });
      expect(await journals()).toBe(before + 1);
      const states = [(await rowOf(first)).state, (await rowOf(second)).state];
      expect(states.toSorted(), 'what was refused left no trace of an approval').toEqual([
        'approved',
        'waiting',
      ]);
      expect(
        await books.owner.ledgerCorrectionEvent.count({
          where: { correctionId: { in: [first, second] }, what: 'approved' },
        }),
      ).toBe(1);
    },
  );

  it('is declined with a reason, withdrawn by its raiser only, and then at its end', async () => {
    const wanted = { lines: [debit(warm, '1'), credit(suspense, '1')] };
    const id = await raised(wanted);
    expect(await withdrawCorrection(ben().actor, { id }, web)).toMatchObject({
      refusal: { code: 'not-raiser' },
    });
    expect(await declineCorrection(ben().actor, { id, text: ' ' }, web)).toMatchObject({
      refusal: { code: 'form-invalid' },
    });
    valueOf(await declineCorrection(ben().actor, { id, text: 'No evidence yet.' }, web));
    expect(await approve(cara(), id, web)).toMatchObject({ refusal: { code: 'correction-ended' } });
    expect(valueOf(await viewCorrection(ada().actor, id, web)).events[0]).toMatchObject({
      what: 'declined',
      by: 'Ben Okafor',
      note: 'No evidence yet.',
    });
    const gone = await raised(wanted);
    valueOf(await withdrawCorrection(ada().actor, { id: gone }, web));
    expect(await withdrawCorrection(ada().actor, { id: gone }, web)).toMatchObject({
      refusal: { code: 'correction-ended' },
    });
  });

  it('expires by itself', async () => {
    const id = await raised({ lines: [debit(warm, '1'), credit(suspense, '1')] });
    const prepared = valueOf(
      await prepareCorrection(
        ben().actor,
        { decision: 'approve', id, digest: (await rowOf(id)).digest },
        web,
      ),
    );
    expect(prepared.correction).toBe(id);
    web.passTime(correctionLifetimeMs);
    const late = { ...ben(), actor: ben().actor };
    expect(await approve(late, id, web)).toMatchObject({ refusal: { code: 'correction-expired' } });
    expect(await declineCorrection(ben().actor, { id, text: 'Too late.' }, web)).toMatchObject({
      refusal: { code: 'correction-expired' },
    });
    expect(
      valueOf(await listCorrections(ada().actor, { state: 'expired' }, web)).rows[0],
    ).toMatchObject({ id, standing: 'expired' });
    expect(
      valueOf(await listCorrections(ada().actor, { state: 'waiting' }, web)).rows.map(
        (row) => row.id,
      ),
    ).not.toContain(id);
  });

  it('is found by its state, a page at a time', async () => {
    const all = valueOf(await listCorrections(ada().actor, {}, web));
    expect(all.rows.length).toBeGreaterThan(5);
    expect(all.next).toBeNull();
    const [first] = all.rows;
    const after = `${Date.parse(first?.raisedAt ?? '')}_${first?.id ?? ''}`;
    expect(valueOf(await listCorrections(ada().actor, { after }, web)).rows).toEqual(
      all.rows.slice(1),
    );
    expect(
      valueOf(await listCorrections(ada().actor, { state: '"; drop', after: 'x' }, web)).rows,
    ).toEqual(all.rows);
  });
});

describe('refused by name is', () => {
  const refusalOf = async (wanted: Raise, signer = ada()) => {
    const answer = await raise(signer, wanted, web);
    return answer.ok ? null : answer.refusal.code;
  };

  it.each([
    ['too-few-lines', { lines: [debit(warm, '1')] }],
    [
      'too-many-lines',
      { lines: Array.from({ length: 21 }, (_, i) => debit(`client/C-${1000 + i}/SOL`, '1')) },
    ],
    ['account-twice', { lines: [debit(warm, '1'), debit(warm, '1'), credit(suspense, '2')] }],
    ['unbalanced', { lines: [debit(warm, '1'), credit(suspense, '1.000000001')] }],
    ['unbalanced', { lines: [debit(warm, '1'), credit('suspense/bank/EUR', '1')] }],
    ['zero-line', { lines: [debit(warm, '0.0'), credit(suspense, '0')] }],
    ['amount-invalid', { lines: [debit(warm, '1e3'), credit(suspense, '1e3')] }],
    ['amount-invalid', { lines: [debit(warm, '-1'), credit(suspense, '-1')] }],
    ['amount-invalid', { lines: [debit(warm, '0.0000000001'), credit(suspense, '1')] }],
    ['account-unknown', { lines: [debit('warm-1', '1'), credit(suspense, '1')] }],
    ['account-unknown', { lines: [debit('client/C-9999/SOL', '1'), credit(suspense, '1')] }],
    ['account-unknown', { lines: [debit('suspense/depostis/SOL', '1'), credit(suspense, '1')] }],
    [
      'account-unknown',
      { lines: [debit('vault/warm-1/EUR', '1'), credit('suspense/bank/EUR', '1')] },
    ],
    [
      'asset-not-kept',
      { lines: [debit('client/C-1001/DOGE', '1'), credit('suspense/deposits/DOGE', '1')] },
    ],
    ['insufficient-balance', { lines: [debit(client, '1000'), credit(suspense, '1000')] }],
    ['suspense-short', { lines: [debit(suspense, '1000'), credit(client, '1000')] }],
    ['journal-unknown', { lines: [debit(warm, '1'), credit(suspense, '1')], corrects: '999999' }],
    ['break-unknown', { lines: [debit(warm, '1'), credit(suspense, '1')], break: randomUUID() }],
    ['form-invalid', { lines: [debit(warm, '1'), credit(suspense, '1')], reason: '' }],
  ] as const)('%s', async (code, wanted) => {
    expect(await refusalOf(wanted)).toBe(code);
  });

  it('other-asset, where the corrected journal moved none of it', async () => {
    await deposit(books, 'C-1001', sol);
    const lines = [debit('own-expense/losses/EUR', '1'), credit('own-income/fees/EUR', '1')];
    expect(await refusalOf({ lines, corrects: await newestJournal() })).toBe('other-asset');
  });

  it('own-correction, by who raised the one that it would correct', async () => {
    const id = await raised({ lines: [debit(warm, '1'), credit(suspense, '1')] });
    const { journal } = valueOf(await approve(ben(), id, web));
    const back = { lines: [debit(suspense, '1'), credit(warm, '1')], corrects: journal };
    expect(await refusalOf(back)).toBe('own-correction');
    const undone = await raised(back, ben());
    valueOf(await approve(ada(), undone, web));
  });

  it('not-allowed, for roles that only read', async () => {
    const reader = { ...ada(), actor: { ...ada().actor, scopes: scopesOf(['auditor', 'dpo']) } };
    expect(await refusalOf({ lines: [debit(warm, '1'), credit(suspense, '1')] }, reader)).toBe(
      'not-allowed',
    );
    const id = await raised({ lines: [debit(warm, '1'), credit(suspense, '1')] });
    expect(await approve({ ...reader, key: ben().key }, id, web)).toMatchObject({
      refusal: { code: 'not-allowed' },
    });
  });

  it('correction-unknown, for a digest that the page did not show', async () => {
    const id = await raised({ lines: [debit(warm, '1'), credit(suspense, '1')] });
    const wanted = { decision: 'approve', id, digest: 'ab'.repeat(32) };
    expect(await pressCorrection(ben(), wanted, web)).toMatchObject({
      refusal: { code: 'correction-unknown' },
    });
  });

  it('raiser-stopped, once the key that raised it counts no more', async () => {
    const id = await raised({ lines: [debit(warm, '1'), credit(suspense, '1')] }, cara());
    const credentials = { where: { operatorId: cara().actor.personId } };
    await books.owner.credential.updateMany({ ...credentials, data: { status: 'revoked' } });
    expect(await approve(ben(), id, web)).toMatchObject({ refusal: { code: 'raiser-stopped' } });
  });

  it('raiser-not-allowed, once who raised it may raise none any more', async () => {
    const id = await raised({ lines: [debit(warm, '1'), credit(suspense, '1')] }, ada());
    const setRoles = (roles: string[]) =>
      books.owner.operator.update({ where: { id: ada().actor.personId }, data: { roles } });
    await setRoles(['auditor']);
    expect(await approve(ben(), id, web)).toMatchObject({
      refusal: { code: 'raiser-not-allowed' },
    });
    await setRoles(['officer']);
    valueOf(await approve(ben(), id, web));
  });
});

it('the books hold after all of it', async () => {
  expect(await findLedgerFaults(books.owner)).toEqual([]);
});
