import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditOf } from '#lib/audit/queries.ts';
import { resolveSession } from '#lib/identity/sessions.ts';
import { signIn } from '#lib/identity/testing/people.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import type { Roster } from '#lib/protocol/roster.ts';
import { openAfterGenesis, type AfterGenesis, type Founder } from '../testing/after-genesis.ts';
import { loadTrust } from '../trust.ts';
import { applyRoster } from './apply-roster.ts';

let desk: AfterGenesis;
beforeEach(async () => {
  desk = await openAfterGenesis();
});
afterEach(() => desk.database.drop());

async function adopt(change: (people: Roster['people']) => Roster['people']): Promise<void> {
  const trust = await loadTrust(desk.owner);
  if (!trust) throw new Error('There is no roster.');
  const roster = { ...trust.roster, version: 2, people: change(trust.roster.people) };
  await inTransaction(desk.database.connect('worker'), (tx) =>
    applyRoster(tx, roster, desk.context.clock()),
  );
}

const session = async ({ key }: Founder) => (await signIn(desk.context, { key })).secret;
const recordOf = ({ actor }: Founder) =>
  desk.owner.operator.findUniqueOrThrow({
    where: { id: actor.personId },
    include: { credentials: true },
  });

describe('a roster version', () => {
  it('ends the access, the keys and the sessions of who is not in it any more', async () => {
    const [, leaver, stayer] = desk.founders;
    const secret = await session(leaver);
    const other = await session(stayer);
    await adopt((people) => people.filter(({ id }) => id !== leaver.actor.personId));
    expect(await recordOf(leaver)).toMatchObject({
      status: 'suspended',
      credentials: [{ status: 'revoked' }],
    });
    expect(await resolveSession(secret, desk.context)).toBeNull();
    expect(await resolveSession(other, desk.context)).not.toBeNull();
    const { entries } = await auditOf(desk.owner, { subject: leaver.actor.personId });
    expect(entries[0]).toMatchObject({ kind: 'operator-suspended', facts: { rosterVersion: 2 } });
  });

  it('ends a key that it revokes, and what was opened with it, but not its person', async () => {
    const [, , holder] = desk.founders;
    const secret = await session(holder);
    const revokedAt = desk.context.clock().toISOString();
    await adopt((people) =>
      people.map((person) =>
        person.id === holder.actor.personId
          ? { ...person, credentials: person.credentials.map((key) => ({ ...key, revokedAt })) }
          : person,
      ),
    );
    expect(await recordOf(holder)).toMatchObject({
      status: 'active',
      credentials: [{ status: 'revoked' }],
    });
    expect(await resolveSession(secret, desk.context)).toBeNull();
  });

  it('gives people the roles and the group that it says, at their next request', async () => {
    const [, mover] = desk.founders;
    const secret = await session(mover);
    await adopt((people) =>
      people.map((person) =>
        person.id === mover.actor.personId
          ? { ...person, roles: ['auditor'], group: null }
          : person,
      ),
    );
    expect(await resolveSession(secret, desk.context)).toMatchObject({
      roles: ['auditor'],
      group: null,
    });
  });

  it('brings back nobody who was suspended and no key that was stopped', async () => {
    const [, suspended, stopped] = desk.founders;
    await desk.owner.operator.update({
      where: { id: suspended.actor.personId },
      data: { status: 'suspended' },
    });
    await desk.owner.credential.updateMany({
      where: { operatorId: stopped.actor.personId },
      data: { status: 'revoked' },
    });
    await adopt((people) => people);
    expect((await recordOf(suspended)).status).toBe('suspended');
    expect((await recordOf(stopped)).credentials).toMatchObject([{ status: 'revoked' }]);
  });

  it('leaves out nobody who only waits for admission', async () => {
    const [, waiting] = desk.founders;
    const { personId } = waiting.actor;
    await desk.owner.operator.update({ where: { id: personId }, data: { status: 'pending' } });
    await desk.owner.credential.updateMany({
      where: { operatorId: personId },
      data: { status: 'pending' },
    });
    await adopt((people) => people.filter(({ id }) => id !== personId));
    expect(await recordOf(waiting)).toMatchObject({
      status: 'pending',
      credentials: [{ status: 'pending' }],
    });
    await adopt((people) => people);
    expect(await recordOf(waiting)).toMatchObject({
      status: 'active',
      credentials: [{ status: 'active' }],
    });
  });
});
