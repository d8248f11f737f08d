import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditOf } from '#lib/audit/queries.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { canonicalize, digestOf } from '#lib/protocol/intent.ts';
import { openAfterGenesis, type AfterGenesis } from '../testing/after-genesis.ts';
import { loadTrust } from '../trust.ts';
import { keepAccess } from './keep-access.ts';
import { viewAccess, type AccessLine } from './view-access.ts';

const dayMs = 86_400_000;
let desk: AfterGenesis;
beforeEach(async () => {
  desk = await openAfterGenesis();
  // Genesis was a moment ago by the server's clock; the test's clock stands elsewhere.
  desk.context.passTime(Date.now() - desk.context.clock().getTime() + 1000);
});
afterEach(() => desk.database.drop());

const view = async () => valueOf(await viewAccess(desk.founders[0].actor, desk.context));
async function lineOf(person: string): Promise<AccessLine> {
  const line = (await view()).lines.find((one) => one.person === person);
  if (!line) throw new Error('There is no such line.');
  return line;
}
const keep = (operator: string, rosterVersion = 1) =>
  keepAccess(desk.founders[0].actor, { operator, rosterVersion }, desk.context);

describe('the access review', () => {
  it('lists every person of the roster with roles, group, since and use, reviewed by nobody', async () => {
    const { lines, reviewed, rosterVersion } = await view();
    expect({ people: lines.length, reviewed, rosterVersion }).toEqual({
      people: 4,
      reviewed: 0,
      rosterVersion: 1,
    });
    const [, control] = desk.founders;
    const { grants, lastReview } = await lineOf(control.actor.personId);
    expect(lastReview).toBeNull();
    expect(grants.map(({ name, state }) => [name, state])).toEqual([
      ['Custody officer', 'in-use'],
      ['Group Control', 'in-use'],
    ]);
    expect(grants.every(({ since }) => since !== null)).toBe(true);
    expect(grants.map(({ lastUse }) => lastUse === null)).toEqual([false, true]);
  });

  it('records who kept it and when, and counts it for the quarter', async () => {
    const { personId } = desk.founders[1].actor;
    valueOf(await keep(personId));
    expect(await lineOf(personId)).toMatchObject({
      isReviewed: true,
      lastReview: { at: desk.context.clock().toISOString() },
    });
    expect((await view()).reviewed).toBe(1);
    desk.context.passTime(1000);
    valueOf(await keep(personId));
    expect((await lineOf(personId)).lastReview, 'the newest counts').toEqual({
      at: desk.context.clock().toISOString(),
      by: (await lineOf(desk.founders[0].actor.personId)).name,
    });
    const { entries } = await auditOf(desk.owner, { subject: personId });
    expect(entries[0]).toMatchObject({ kind: 'access-reviewed', facts: { verdict: 'keep' } });
    desk.context.passTime(100 * dayMs);
    expect(await lineOf(personId)).toMatchObject({ isReviewed: false });
  });

  it('is refused for the reviewer’s own access, for another roster and to who may not', async () => {
    const [me, control] = desk.founders;
    expect(await keep(me.actor.personId)).toMatchObject({ refusal: { code: 'own-access' } });
    expect(await keep(control.actor.personId, 2)).toMatchObject({
      refusal: { code: 'roster-moved' },
    });
    const reader = { ...me.actor, scopes: new Set(['operator:read'] as const) };
    const asked = { operator: control.actor.personId, rosterVersion: 1 };
    expect(await keepAccess(reader, asked, desk.context)).toMatchObject({
      refusal: { code: 'not-allowed' },
    });
    const row = { operatorId: control.actor.personId, grants: [], rosterVersion: 1 };
    await expect(
      desk.owner.accessReview.create({
        data: {
          id: '6a0f3c1e-6f3b-4f0a-9a3e-0d6a3a6f7a11',
          ...row,
          verdict: 'keep',
          reviewedBy: control.actor.personId,
          reviewedAt: desk.context.clock(),
        },
      }),
      'the database holds the same rule',
    ).rejects.toThrow(/access_review_by_another/);
    await expect(
      desk.owner.accessReview.create({
        data: {
          id: '6a0f3c1e-6f3b-4f0a-9a3e-0d6a3a6f7a12',
          ...row,
          verdict: 'keep',
          reviewedBy: 'p-nobodyaaaa',
          reviewedAt: desk.context.clock(),
        },
      }),
      'who reviews is somebody on record',
    ).rejects.toThrow(/access_review_reviewed_by_fkey/);
  });

  it('is refused to a reviewer whose own grant has ended, although the session is open', async () => {
    const [me, control] = desk.founders;
    const trust = await loadTrust(desk.owner);
    if (!trust) throw new Error('There is no roster.');
    const notAfter = new Date(desk.context.clock().getTime() - 1000).toISOString();
    const people = trust.roster.people.map((person) =>
      person.id === me.actor.personId ? { ...person, notAfter } : person,
    );
    const roster = { ...trust.roster, version: 2, previous: trust.rosterDigest, people };
    await desk.owner.rosterVersion.create({
      data: { version: 2, digest: digestOf(roster), document: canonicalize(roster) },
    });
    expect(await keep(control.actor.personId, 2)).toMatchObject({
      refusal: { code: 'grant-ended' },
    });
    expect((await lineOf(control.actor.personId)).keep).toMatchObject({ allowed: false });
  });

  it('puts who did nothing for 90 days first, as dormant', async () => {
    desk.context.passTime(91 * dayMs);
    const [, control] = desk.founders;
    await desk.owner.session.updateMany({
      where: { operatorId: { not: control.actor.personId } },
      data: { lastSeenAt: desk.context.clock() },
    });
    const { lines } = await view();
    expect(lines.map(({ state }) => state)).toEqual(['dormant', 'dormant', 'dormant', 'in-use']);
    expect((await lineOf(control.actor.personId)).grants[0]?.state).toBe('dormant');
    expect((await lineOf(desk.founders[0].actor.personId)).state).toBe('in-use');
  });
});
