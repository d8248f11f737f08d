import { afterAll, beforeAll, expect, it } from 'vitest';
import { findAll } from '#lib/privacy/registers/find-all.ts';
import { loadRegisters } from '#lib/privacy/registers/load-registers.ts';
import { dayOf } from '#lib/platform/days.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { kindsOf } from '#lib/resilience/records/kinds.ts';
import { openWorkplace, type Workplace } from '../colleagues/testing/workplace.ts';
import { makeConsent } from './make-consent.ts';
import { makePeople } from './make-people.ts';
import { makePrivacyRegisters } from './make-privacy-registers.ts';
import { makeResilience } from './make-resilience.ts';

let workplace: Workplace;
beforeAll(async () => {
  workplace = await openWorkplace();
});
afterAll(() => workplace.close());

it('the sample organisation has every register of data protection, made once, with a few findings to work on', async () => {
  const { team, owner } = workplace;
  const context = { ...workplace.context, log: () => undefined };
  const make = async () => {
    await makePrivacyRegisters(team, await makeResilience(team, context), context);
    return owner.resilienceVersion.count();
  };
  const versions = await make();
  expect(await make()).toBe(versions);
  const rows = await owner.resilienceCurrent.groupBy({
    by: ['kind'],
    _count: true,
    where: { kind: { in: [...kindsOf.privacy] } },
  });
  expect(Object.fromEntries(rows.map((row) => [row.kind, row._count]))).toEqual({
    activity: 7,
    dpia: 2,
    transfer: 2,
    processor: 5,
    notice: 2,
    consent: 1,
    party: 2,
  });
  const found = await inSnapshot(context.db, async (tx) =>
    findAll(await loadRegisters(tx), dayOf(context.clock())),
  );
  // The assessments were advised on and approved; what is left open is what an honest house has left open.
  expect(found.map(({ code, name }) => [code, name])).toEqual([
    ['no-notice', 'Handling of incidents'],
    ['activity-overdue', 'News about services'],
    ['no-terms', 'Data on addresses'],
    ['no-audit-right', 'Data on addresses'],
    ['notice-pieces', 'Notice for staff'],
    ['consent-not-counted', 'News about services'],
  ]);
});

it('somebody of the sample agreed in the words of the register, once', async () => {
  const { team, owner } = workplace;
  const context = { ...workplace.context, log: () => undefined };
  await owner.client.upsert({ where: { id: 'C-18822' }, create: { id: 'C-18822' }, update: {} });
  await makePeople(team, context);
  await makeConsent(team, context);
  await makeConsent(team, context);
  expect(await owner.personConsent.findMany()).toMatchObject([{ wording: '1', way: 'online' }]);
});
