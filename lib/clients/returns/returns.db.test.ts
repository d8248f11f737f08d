import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import {
  carryToChain,
  closeBooks,
  confirm,
  deposit,
  raise,
  reject,
} from '#lib/ledger/testing/books.ts';
import { fieldOf, openClientDesk, type ClientDesk } from '../testing/desk.ts';
import { completeReturn, withdrawReturn } from './end-return.ts';
import { linkOperation } from './link-operation.ts';
import { recordReturn } from './record-return.ts';
import { viewReturn } from './view-return.ts';

const sol = 1_000_000_000n;
let desk: ClientDesk;
beforeAll(async () => {
  desk = await openClientDesk(['C-1001', 'C-1002', 'C-1003']);
  await deposit(desk.books, 'C-1001', 100n * sol);
  await deposit(desk.books, 'C-1002', 5n * sol);
  await deposit(desk.books, 'C-1003', 2n * sol);
});
afterAll(() => closeBooks(desk.books));

const me = () => desk.people[0].actor;
const request = (over = {}) => ({
  client: 'C-1001',
  asset: 'SOL',
  amount: '3',
  requestedAt: fieldOf(desk.context.clock()),
  dueOn: '',
  subject: 'Send 3 SOL back to my own wallet.',
  ...over,
});
const record = (over = {}) => recordReturn(me(), request(over), desk.context);
const link = (id: string, operation: string, seen: string) =>
  linkOperation(me(), { id, seen, operation }, desk.context);
const complete = (id: string, seen: string, who = me()) =>
  completeReturn(who, { id, seen }, desk.context);

/** @returns its id and its number. */
async function withdrawal(client: string, amount: bigint) {
  const id = randomUUID();
  expect(await raise(desk.books, id, client, amount)).toBe(true);
  const { number } = await desk.books.owner.operation.findUniqueOrThrow({ where: { id } });
  return { id, number, client, amount };
}
async function send({ id, client, amount }: Awaited<ReturnType<typeof withdrawal>>) {
  await carryToChain(desk.books, id);
  await confirm(desk.books, id, client, amount);
}

/** A step that a program writes by itself with the web server's rights. @returns what the database says to it. */
const takeAsProgram = (id: string, seq: number, step: string, facts = {}) =>
  desk.books.web.registerStep
    .create({ data: { caseId: id, seq, step, actor: me().personId, at: new Date(), facts } })
    .then(
      () => 'taken',
      (error: unknown) => String(error),
    );

describe('a return', () => {
  it('ends only when the withdrawals that carry it out are confirmed and give all that was asked for', async () => {
    const { id } = valueOf(await record());
    expect(await complete(id, '0')).toMatchObject({ refusal: { code: 'step-not-now' } });
    const first = await withdrawal('C-1001', sol);
    valueOf(await link(id, first.number, '0'));
    expect(await complete(id, '1')).toMatchObject({ refusal: { code: 'under-way' } });
    await send(first);
    expect(await complete(id, '1')).toMatchObject({ refusal: { code: 'not-all-returned' } });
    const half = valueOf(await viewReturn(me(), id, desk.context));
    expect(half).toMatchObject({ returned: '1.000000000', left: '2.000000000' });
    expect(half.completeRefusal).toContain('less than what was asked for');
    const failed = await withdrawal('C-1001', 2n * sol);
    valueOf(await link(id, failed.number, '1'));
    await reject(desk.books, failed.id);
    expect(await complete(id, '2')).toMatchObject({ refusal: { code: 'not-all-returned' } });
    const second = await withdrawal('C-1001', 2n * sol);
    valueOf(await link(id, second.number, '2'));
    await send(second);
    expect(valueOf(await viewReturn(me(), id, desk.context))).toMatchObject({
      returned: '3.000000000',
      left: '0.000000000',
      completeRefusal: null,
    });
    valueOf(await complete(id, '3'));
  });

  it('of all there is ends when the client has nothing of it any more', async () => {
    const { id } = valueOf(await record({ client: 'C-1003', amount: '' }));
    const some = await withdrawal('C-1003', sol);
    valueOf(await link(id, some.number, '0'));
    await send(some);
    expect(await complete(id, '1')).toMatchObject({ refusal: { code: 'not-all-returned' } });
    expect(valueOf(await viewReturn(me(), id, desk.context))).toMatchObject({
      returned: '1.000000000',
      left: '1.000000000',
    });
    const rest = await withdrawal('C-1003', sol);
    valueOf(await link(id, rest.number, '1'));
    await send(rest);
    valueOf(await complete(id, '2'));
  });

  it('is withdrawn by the client with reasons, at any time before its end', async () => {
    const { id } = valueOf(await record());
    const withdraw = (seen: string) =>
      withdrawReturn(
        me(),
        { id, seen, reasons: 'The client wrote that it may stay here.' },
        desk.context,
      );
    valueOf(await withdraw('0'));
    expect(await withdraw('1')).toMatchObject({ refusal: { code: 'step-not-now' } });
  });

  it('is carried out by withdrawals of the same client and asset, each of which carries one return', async () => {
    const [one, two] = [valueOf(await record()), valueOf(await record())];
    const other = await withdrawal('C-1002', sol);
    expect(await link(one.id, other.number, '0')).toMatchObject({
      refusal: { code: 'operation-other' },
    });
    expect(await link(one.id, 'WD-2026-999999', '0')).toMatchObject({
      refusal: { code: 'operation-unknown' },
    });
    expect(await link(one.id, 'C-1001', '0')).toMatchObject({ refusal: { code: 'form-invalid' } });
    const own = await withdrawal('C-1001', sol);
    const answers = await Promise.all([
      link(one.id, own.number, '0'),
      link(two.id, own.number, '0'),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: 'operation-linked' } });
  });

  it('is not carried out by a withdrawal that was raised before the client asked, nor is one offered', async () => {
    const before = await withdrawal('C-1001', sol);
    desk.context.passTime(2_000);
    const { id } = valueOf(await record());
    desk.context.passTime(-2_000);
    expect(await link(id, before.number, '0')).toMatchObject({
      refusal: { code: 'operation-before' },
    });
    const { choices } = valueOf(await viewReturn(me(), id, desk.context));
    expect(choices).not.toContain(before.number);
    expect(await takeAsProgram(id, 1, 'linked', { operation: before.id })).toContain(
      'another operation',
    );
  });

  it('of two who take a step at the same moment the second is told', async () => {
    const { id } = valueOf(await record());
    const [one, two] = [await withdrawal('C-1001', sol), await withdrawal('C-1001', sol)];
    const answers = await Promise.all([link(id, one.number, '0'), link(id, two.number, '0')]);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: 'case-moved' } });
  });

  it('is refused by name where the form is wrong or the books have less', async () => {
    const cases: readonly [string, object][] = [
      ['client-unknown', { client: 'C-9999' }],
      ['asset-unknown', { asset: 'DOGE' }],
      ['amount-invalid', { amount: '1,5' }],
      ['more-than-owed', { amount: '1000' }],
      ['in-the-future', { requestedAt: fieldOf(new Date(Date.now() + 60_000)) }],
      ['due-before', { dueOn: '2020-01-01' }],
      ['text-invalid', { subject: '' }],
    ];
    for (const [code, over] of cases)
      expect([over, await record(over)]).toMatchObject([over, { refusal: { code } }]);
    for (const answer of [
      await recordReturn(desk.auditor, request(), desk.context),
      await linkOperation(desk.auditor, {}, desk.context),
      await complete(randomUUID(), '0', desk.auditor),
      await withdrawReturn(desk.auditor, {}, desk.context),
    ])
      expect(answer).toMatchObject({ refusal: { code: 'not-allowed' } });
  });

  it('is not ended early by a program that writes the step itself', async () => {
    const { id } = valueOf(await record());
    const own = await withdrawal('C-1001', 3n * sol);
    valueOf(await link(id, own.number, '0'));
    expect(await takeAsProgram(id, 2, 'returned')).toContain('not everything is returned');
  });
});
