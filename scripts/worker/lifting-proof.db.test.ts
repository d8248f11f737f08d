/** What a hold or a restriction keeps goes when two people's keys prove its lifting, and by no lifting that somebody wrote. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findByHash } from '#lib/persons/find-by-hash.ts';
import { operatorName, operatorNames } from '#lib/persons/operator-names.ts';
import { standingRestrictions } from '#lib/persons/restrictions.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ProvenLiftings } from '#lib/privacy/retention/prove-liftings.ts';
import { findDue, fromTheStart } from '#lib/privacy/retention/runs/find-due.ts';
import { standingHolds } from '#lib/privacy/retention/standing-holds.ts';
import { beginErasing, somebody } from '#lib/privacy/testing/erasure-desk.ts';
import { held, liftedUnproved } from '#lib/privacy/testing/hold-desk.ts';
import { openRefusals, type Refusals } from '#lib/privacy/testing/refusals.ts';
import { openRequestDesk, type RequestDesk } from '#lib/privacy/testing/request-desk.ts';
import {
  identified,
  liftedByTwoUnproved,
  restricted,
} from '#lib/privacy/testing/restriction-desk.ts';
import { parted } from '#lib/privacy/testing/retention-night.ts';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { dayOf } from '#lib/platform/days.ts';
import { adoptRosterOfAll } from '../verify-signed/testing/adopt-roster.ts';
import { liftingProof } from './proofs.ts';

let desk: RequestDesk;
let refusals: Refusals;
beforeAll(async () => {
  desk = await openRequestDesk();
  refusals = await openRefusals(desk.database);
  await adoptRosterOfAll(desk.owner);
});
afterAll(async () => {
  await refusals.close();
  await desk.close();
});

/** A look of the worker as it starts: with its own rights, and the rules of `npm run verify:signed`. */
const look = () =>
  new ProvenLiftings({
    db: desk.worker,
    clock: desk.context.clock,
    isLiftProved: liftingProof(desk.worker),
  }).look();
const holdsOn = (person: string) =>
  inTransaction(desk.web, async (tx) =>
    (await standingHolds(tx, person)).map(({ sentence }) => sentence),
  );

async function forge(table: string, condition: string): Promise<void> {
  await desk.owner.$executeRawUnsafe(`alter table ${table} disable trigger all`);
  await desk.owner.$executeRawUnsafe(`update ${table} set assertion = '{}' where ${condition}`);
  await desk.owner.$executeRawUnsafe(`alter table ${table} enable trigger all`);
}

const skipOf = async (person: string) => {
  const page = { day: dayOf(desk.context.clock()), after: fromTheStart, most: 1, only: person };
  return (await findDue(desk.worker, 'aml-relationship', page))[0]?.skip;
};

describe('a lifting that no keys prove', () => {
  it('leaves the hold standing for the plan, the night and the database, whoever wrote it', async () => {
    const person = await parted(desk, { years: 6, client: 'C-71001' });
    const other = await somebody(desk, { 'full-name': 'Leonie Astwick' });
    const [made, true_] = [await held(desk, { person }), await held(desk, { person: other })];
    for (const { id } of [made, true_]) await liftedUnproved(desk, id);
    await forge('privacy_hold_statement', `hold_id = '${made.id}' and seq = 3`);
    await look();
    expect(await holdsOn(person)).toEqual([
      `A legal hold, ${made.number}, keeps it: its lifting is on record, and the keys of it are not proved.`,
    ]);
    expect(await skipOf(person)).toBe('hold');
    await inTransaction(desk.owner, async (tx) => {
      await appendAudit(tx, {
        kind: 'person-erased',
        subject: person,
        actor: 'worker',
        at: new Date(),
        facts: {},
      });
    });
    await inTransaction(desk.worker, (tx) => beginErasing(tx, person));
    const deletion = `delete from person_value where person_id = '${person}'`;
    // The hold began before what stands in the trail.
    expect(await refusals.refusal(deletion, 'worker')).toBe('CS002');
    // The one that two people lifted keeps nothing any more.
    expect(await holdsOn(other)).toEqual([]);
  });

  it('is not made good by who has the web server, nor by the worker before there is a lifting', async () => {
    const { id } = await held(desk);
    const proof = `insert into privacy_lifting_proof (what, subject, proved_at) values ('hold', '${id}', now())`;
    expect(await refusals.refusal(proof)).toBe('42501');
    expect(await refusals.refusal(proof, 'worker')).toBe('CS002');
  });

  it('leaves the restriction standing for the night', async () => {
    const [one, other] = [
      await parted(desk, { years: 6, client: 'C-71002' }),
      await parted(desk, { years: 6, client: 'C-71003' }),
    ];
    const made: string[] = [];
    for (const subject of [one, other]) {
      const { id } = await identified({ ...desk, subject }, 'restriction');
      const restriction = await restricted(desk, id);
      await liftedByTwoUnproved(desk, restriction);
      made.push(restriction);
    }
    await forge('person_restriction_event', `restriction_id = '${made[0]}' and kind = 'lifted'`);
    await look();
    expect([await skipOf(one), await skipOf(other)]).toEqual(['restriction', 'request']);
  });

  it('leaves the restriction standing for who reads, searches and works beside the person', async () => {
    const made = new Map<string, string>();
    const [one, other] = [desk.people.ben.actor.personId, desk.people.ida.actor.personId];
    for (const subject of [one, other]) {
      const { id } = await identified({ ...desk, subject }, 'restriction');
      made.set(subject, await restricted(desk, id));
      await liftedByTwoUnproved(desk, made.get(subject) ?? '');
    }
    await forge(
      'person_restriction_event',
      `restriction_id = '${made.get(one)}' and kind = 'lifted'`,
    );
    const hash = await desk.owner.personHash.findFirstOrThrow({
      where: { personId: one, kind: 'name', retiredAt: null },
    });
    const found = (): ReturnType<typeof findByHash> =>
      findByHash(desk.web, { kind: 'name', hash: hash.hash }, 'operation', 1);
    // Nobody's lifting opens anything before the worker looked.
    expect(await standingRestrictions(desk.web, other)).toHaveLength(1);
    await look();
    expect(await standingRestrictions(desk.web, one)).toMatchObject([{ id: made.get(one) }]);
    expect(await found()).toEqual({ found: [], restricted: 1 });
    expect(await operatorName(desk.web, one)).toBe(one);
    expect((await operatorNames(desk.web))(one)).toBe(one);
    // The one that two people lifted opens.
    expect(await standingRestrictions(desk.web, other)).toEqual([]);
    expect(await operatorName(desk.web, other)).not.toBe(other);
  });
});
