/** Between two people's words and the worker's look, ending a key or somebody's access takes the words with it. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { stopKey } from '#lib/identity/stop-key.ts';
import { suspendOperator } from '#lib/identity/suspend-operator.ts';
import { admit, enrol, signIn, valueOf } from '#lib/identity/testing/people.ts';
import {
  openIncidentDesk,
  type DeskPerson,
  type IncidentDesk,
} from '#lib/incidents/testing/incident-desk.ts';
import { holdAsset, standingHolds } from '#lib/operations/asset-hold.ts';
import { decideAsShown, proveDecisions } from '#lib/operations/testing/decide-as-shown.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { adoptRosterOfAll } from '../verify-signed/testing/adopt-roster.ts';

const chain = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328';
const names = [
  'Cem Aydin',
  'Dag Holm',
  'Eva Brandt',
  'Finn Olsen',
  'Gwen Lloyd',
  'Hal Moss',
] as const;
let desk: IncidentDesk;
const others: DeskPerson[] = [];
beforeAll(async () => {
  desk = await openIncidentDesk();
  for (const displayName of names) {
    const enrolled = await enrol(desk.context, { displayName, roles: ['officer'], group: null });
    await admit(desk.owner, enrolled);
    others.push({
      actor: (await signIn(desk.context, enrolled)).actor,
      key: enrolled.key,
    });
  }
  await adoptRosterOfAll(desk.owner);
});
afterAll(() => desk.close());

const look = () => proveDecisions({ db: desk.worker, clock: desk.context.clock });
const isHeld = async () => (await standingHolds(desk.web)).length > 0;

/** Each has somebody of its own who is stopped. */
let cem: DeskPerson;
beforeEach(async () => {
  desk.context.passTime(3_600_001);
  const found = { reason: 'chain-reorganised', detail: 'settlement-undone' } as const;
  await inTransaction(desk.worker, (tx) =>
    holdAsset(tx, { chain, asset: null, ...found }, desk.context.clock()),
  );
  const next = others.pop();
  if (!next) throw new Error('There is somebody for each.');
  cem = next;
});

async function sign(...by: readonly DeskPerson[]): Promise<void> {
  for (const person of by)
    valueOf(await decideAsShown(person, { chain, kind: 'go-on' }, desk.context));
}

async function stop() {
  const { id: credential } = await desk.owner.credential.findFirstOrThrow({
    where: { operatorId: cem.actor.personId },
  });
  const form = { credential, reason: 'lost', lastAdministrator: false };
  return stopKey(desk.people.ada.actor, form, desk.context);
}
const suspend = () =>
  suspendOperator(
    desk.people.ada.actor,
    { operator: cem.actor.personId, reason: 'lost', lastAdministrator: false },
    desk.context,
  );

it.each([
  ['the second’s key is stopped', stop, 'second'],
  ['the first’s key is stopped', stop, 'first'],
  ['the second is suspended', suspend, 'second'],
  ['the first is suspended', suspend, 'first'],
] as const)('a chain does not go on where %s before the worker looks', async (_, end, which) => {
  const { ben } = desk.people;
  await sign(...(which === 'first' ? [cem, ben] : [ben, cem]));
  valueOf(await end());
  await look();
  expect(await isHeld()).toBe(true);
  desk.context.passTime(10);
  await sign(desk.people.ada, ben);
  await look();
  expect(await isHeld(), 'signed anew by others').toBe(false);
});

it('a first word whose key was stopped is offered to nobody', async () => {
  const { ada, ben } = desk.people;
  await sign(cem);
  valueOf(await stop());
  desk.context.passTime(10);
  expect(valueOf(await decideAsShown(ben, { chain, kind: 'go-on' }, desk.context)).state).toBe(
    'asked',
  );
  await sign(ada);
  await look();
  expect(await isHeld()).toBe(false);
});

it('a revocation that is seconds old counts at the worker’s look', async () => {
  const { ada, ben } = desk.people;
  await sign(ben, cem);
  desk.context.passTime(1_000);
  await inTransaction(desk.owner, async (tx) => {
    // The row alone, without what else a revocation ends.
    await tx.$executeRaw`set local session_replication_role = replica`;
    await tx.revocation.create({
      data: {
        operationId: randomUUID(),
        personId: cem.actor.personId,
        revokedAt: desk.context.clock(),
        revokedBy: ada.actor.personId,
      },
    });
  });
  desk.context.passTime(5_000);
  await look();
  expect(await isHeld()).toBe(true);
});
