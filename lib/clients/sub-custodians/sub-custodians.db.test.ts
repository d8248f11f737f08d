import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { closeBooks } from '#lib/ledger/testing/books.ts';
import { openClientDesk, type ClientDesk } from '../testing/desk.ts';
import { checkSubCustodian, endSubCustodian, informOfSubCustodian } from './move-sub-custodian.ts';
import { recordSubCustodian } from './record-sub-custodian.ts';

let desk: ClientDesk;
beforeAll(async () => {
  desk = await openClientDesk([]);
});
afterAll(() => closeBooks(desk.books));

const day = (offset: number): string =>
  new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const me = () => desk.people[0].actor;
const custodian = (over = {}) => ({
  name: 'Sample Custody SA',
  authorisation: 'ESMA register, entry CASP-LU-0042',
  authorised: 'custody',
  memberState: 'LU',
  lei: '529900T8BM49AURSDO55',
  assets: 'SOL, EUR',
  authorisationCheckedOn: day(-20),
  dueDiligenceOn: day(-15),
  from: day(-10),
  ...over,
});
const record = (over = {}) => recordSubCustodian(me(), custodian(over), desk.context);
const note = { note: 'Told by the statement of position.' };
const check = (id: string, seen: string, authorised: string) =>
  checkSubCustodian(me(), { id, seen, authorised, dueDiligenceOn: day(-1), ...note }, desk.context);

describe('a sub-custodian', () => {
  it('is taken in, clients are informed, it is checked again, and it ends with reasons', async () => {
    const { id } = valueOf(await record());
    valueOf(await informOfSubCustodian(me(), { id, seen: '0', ...note }, desk.context));
    valueOf(await check(id, '1', 'none'));
    const reasons = 'The authority withdrew its authorisation.';
    valueOf(await endSubCustodian(me(), { id, seen: '2', reasons }, desk.context));
    expect(await check(id, '3', 'custody')).toMatchObject({ refusal: { code: 'step-not-now' } });
  });

  it('that is not authorised for custody is refused, and so is one that keeps something before it was looked up', async () => {
    const cases: readonly [string, object][] = [
      ['not-authorised', { authorised: 'none' }],
      ['not-authorised', { authorised: 'other' }],
      ['from-before-check', { from: day(-18) }],
      ['from-before-check', { from: day(-30) }],
      ['in-the-future', { authorisationCheckedOn: day(2), from: day(3) }],
      ['in-the-future', { dueDiligenceOn: day(2), from: day(3) }],
      ['lei-invalid', { lei: '529900T8BM49AURSDO54' }],
      ['form-invalid', { memberState: 'CH' }],
      ['form-invalid', { assets: 'solana' }],
      ['form-invalid', { assets: ' , ' }],
      ['text-invalid', { name: '' }],
    ];
    const before = await desk.books.owner.registerCase.count();
    for (const [code, over] of cases)
      expect([over, await record(over)]).toMatchObject([over, { refusal: { code } }]);
    expect(await desk.books.owner.registerCase.count()).toBe(before);
  });

  it('of two who take a step at the same moment the second is told', async () => {
    const { id } = valueOf(await record());
    const answers = await Promise.all([check(id, '0', 'custody'), check(id, '0', 'none')]);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: 'case-moved' } });
  });

  it('is closed to who may not write', async () => {
    const about = { id: randomUUID(), seen: '0' };
    for (const answer of [
      await recordSubCustodian(desk.auditor, custodian(), desk.context),
      await informOfSubCustodian(desk.auditor, about, desk.context),
      await checkSubCustodian(desk.auditor, about, desk.context),
      await endSubCustodian(desk.auditor, about, desk.context),
    ])
      expect(answer).toMatchObject({ refusal: { code: 'not-allowed' } });
  });
});
