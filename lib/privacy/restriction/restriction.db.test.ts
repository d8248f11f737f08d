import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operatorName, operatorNames } from '#lib/persons/operator-names.ts';
import { readValues } from '#lib/persons/read-values.ts';
import { useNames, ruleOf } from '#lib/persons/uses.ts';
import { writePerson, writeValues } from '#lib/persons/write-person.ts';
import { newPersonId } from '#lib/persons/ids.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import type { Result } from '#lib/platform/result.ts';
import { findPeople } from '../people/find-people.ts';
import { openPerson } from '../people/open-person.ts';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { collectSystem } from '../collect/collect-system.ts';
import { giveOpinion } from '../requests/move-request.ts';
import { reviewRequest } from '../requests/review-request.ts';
import { tied } from '../testing/erasure-desk.ts';
import { liftingsProved } from '../testing/hold-desk.ts';
import { granting, openRequestDesk, press, type RequestDesk } from '../testing/request-desk.ts';
import {
  identified,
  liftedByTwo,
  pressLift,
  restricted,
  telling,
} from '../testing/restriction-desk.ts';
import { restrictPerson } from './restrict-person.ts';
import { stopMarketing } from './stop-use.ts';
import { returnRestrictionLift } from './submit-lift.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const code = async (acting: Promise<Result<unknown>>): Promise<string> => {
  const result = await acting;
  return result.ok ? 'done' : result.refusal.code;
};
const dora = () => desk.people.dora.actor;
const read = async (use: (typeof useNames)[number], person = desk.subject) =>
  readValues(desk.web, person, { use });
const refusal = async (writing: Promise<unknown>): Promise<string> =>
  writing.then(
    () => 'written',
    (error: unknown) => /CS00[23]|42501/.exec(String(error))?.[0] ?? String(error),
  );

describe('a restriction', () => {
  it('is not read for any purpose but those that Article 18(2) names', async () => {
    const { id } = await identified(desk, 'restriction');
    const restriction = await restricted(desk, id);
    for (const use of useNames) {
      if (use === 'marketing') continue;
      const values = await read(use);
      expect(values.length).toBe(2);
      for (const { value, restricted: why } of values)
        if (ruleOf(use).ground === null)
          expect([use, value, why?.ground]).toEqual([use, null, 'accuracy']);
        else expect([use, typeof value, why]).toEqual([use, 'string', null]);
    }
    await tied(desk, desk.subject, { client: 'C-90001' });
    const opened = await openPerson(
      desk.people.ada.actor,
      { person: desk.subject, purpose: 'identification', reference: 'C-90001' },
      desk.context,
    );
    expect(opened).toMatchObject({
      ok: true,
      value: { values: [{ value: null, restricted: { ground: 'accuracy' } }, { value: null }] },
    });
    await liftedByTwo(desk, restriction);
    expect((await read('operation')).every(({ restricted: why }) => why === null)).toBe(true);
  });

  it('of some fields leaves the others readable, and allows no more than it says', async () => {
    const { id } = await identified(desk, 'rectification');
    const restriction = await restricted(desk, id, {
      fields: ['email'],
      allows: ['legal-claims'],
    });
    const withheld = async (use: 'operation' | 'claim' | 'authority'): Promise<string[]> =>
      (await read(use)).flatMap(({ field, restricted: why }) => (why === null ? [] : [field]));
    expect(await withheld('operation')).toEqual(['email']);
    expect(await withheld('authority')).toEqual(['email']);
    expect(await withheld('claim')).toEqual([]);
    await liftedByTwo(desk, restriction);
  });

  it('hides the person from searches that may not go on, and says that there is somebody', async () => {
    const { id } = await identified(desk, 'restriction');
    const restriction = await restricted(desk, id);
    const search = (purpose: string) =>
      findPeople(dora(), { kind: 'name', value: 'Anne Muller', purpose }, desk.context);
    expect(await search('identification')).toMatchObject({
      ok: true,
      value: { people: [], restricted: 1, hasMore: false },
    });
    expect(await search('request-of-person')).toMatchObject({
      ok: true,
      value: { people: [{ person: desk.subject }], restricted: 0 },
    });
    await liftedByTwo(desk, restriction);
    expect(await search('identification')).toMatchObject({ value: { restricted: 0 } });
  });

  it('shows an id in place of the name of somebody who works here', async () => {
    const ben = desk.people.ben.actor.personId;
    expect(await operatorName(desk.web, ben)).not.toBe(ben);
    const request = await identified({ ...desk, subject: ben }, 'objection');
    const restriction = await restricted(desk, request.id, { ground: 'objection' });
    expect(await operatorName(desk.web, ben)).toBe(ben);
    expect((await operatorNames(desk.web))(ben)).toBe(ben);
    await liftedByTwo(desk, restriction);
    expect(await operatorName(desk.web, ben)).not.toBe(ben);
  });

  it('is set at once by the data protection officer alone, for the person of the request', async () => {
    const { id } = await identified(desk, 'rectification');
    const asking = { id, ground: 'accuracy' };
    expect(await code(restrictPerson(desk.people.mia.actor, asking, desk.context))).toBe(
      'not-allowed',
    );
    expect(await code(restrictPerson(dora(), { ...asking, ground: 'x' }, desk.context))).toBe(
      'form-invalid',
    );
    const restriction = await restricted(desk, id);
    expect(await code(restrictPerson(dora(), asking, desk.context))).toBe('restricted-already');
    const row = {
      personId: desk.subject,
      requestId: id,
      fields: [],
      ground: 'accuracy',
      allows: ['consent'],
      since: desk.context.clock(),
    };
    const insert = (more: object) =>
      refusal(desk.web.personRestriction.create({ data: { ...row, ...more } as never }));
    const { mia } = desk.people;
    const fresh = { id: crypto.randomUUID() };
    expect(await insert({ ...fresh, setBy: mia.actor.personId })).toBe('CS002');
    expect(await insert({ ...fresh, setBy: dora().personId, personId: mia.actor.personId })).toBe(
      'CS002',
    );
    expect(
      await refusal(
        desk.web.personRestriction.update({ where: { id: restriction }, data: { allows: [] } }),
      ),
    ).toBe('42501');
    await liftedByTwo(desk, restriction);
  });
});

describe('what is restricted', () => {
  /** An erasure of somebody that came so far that their values go. */
  async function erasing(person: string, cause: string, requestId: string): Promise<void> {
    const { keyId } = await desk.owner.person.findUniqueOrThrow({ where: { id: person } });
    await desk.owner.$transaction([
      desk.owner.$executeRaw`alter table person_erasure disable trigger user`,
      desk.owner.personErasure.create({
        data: {
          id: crypto.randomUUID(),
          personId: person,
          cause,
          ...(cause === 'request' && { requestId, proposal: 5 }),
          scope: 'whole',
          fields: [],
          plan: 'ab'.repeat(32),
          state: 'swept',
          oldKey: keyId,
          queuedAt: desk.context.clock(),
          sweptAt: desk.context.clock(),
        },
      }),
      desk.owner.$executeRaw`alter table person_erasure enable always trigger guarded`,
    ]);
    await inTransaction(desk.worker, (tx) =>
      appendAudit(tx, {
        kind: 'person-erased',
        subject: person,
        actor: 'worker',
        at: new Date(),
        facts: {},
      }),
    );
  }
  const remove = (person: string) =>
    refusal(desk.worker.personValue.deleteMany({ where: { personId: person } }));

  it.each([
    ['stays when a period ends', 'retention', 'CS002'],
    ['goes when the person asks for that', 'request', 'written'],
  ])('%s', async (_, cause, outcome) => {
    const person = newPersonId();
    await inTransaction(desk.web, (tx) =>
      writePerson(
        tx,
        { id: person, values: { email: 'c@example.org' } },
        { by: dora().personId, at: desk.context.clock() },
      ),
    );
    const { id } = await identified({ ...desk, subject: person }, 'restriction');
    await restricted(desk, id, { ground: 'claims' });
    await erasing(person, cause, id);
    expect(await remove(person)).toBe(outcome);
  });
});

describe('a restriction is lifted', () => {
  it('never before the person was told, whoever asks, and by two people who did not advise', async () => {
    const { id } = await identified(desk, 'restriction');
    const restriction = await restricted(desk, id);
    const { dora: dpo, mia, ada } = desk.people;
    const propose = { restriction, seen: '0', step: 'lift-proposed' };
    expect(await code(pressLift(desk, mia, propose))).toBe('not-told');
    expect(await code(pressLift(desk, mia, { ...propose, step: 'lifted' }))).toBe('not-told');
    const event = (kind: string, seq: number) =>
      refusal(
        desk.web.personRestrictionEvent.create({
          data: {
            restrictionId: restriction,
            seq,
            kind,
            actor: mia.actor.personId,
            at: desk.context.clock(),
            document: JSON.stringify({ restriction, step: kind, person: mia.actor.personId }),
            assertion: {},
            credentialId: 'x',
          },
        }),
      );
    expect(await event('lift-proposed', 1)).toBe('CS002');
    expect(await event('lifted', 1)).toBe('CS002');
    // Without the proof in the request nobody was told.
    expect(
      await refusal(
        desk.web.personRestrictionEvent.create({
          data: {
            restrictionId: restriction,
            seq: 1,
            kind: 'told',
            actor: dora().personId,
            at: desk.context.clock(),
            toldAt: desk.context.clock(),
            requestSeq: 2,
          },
        }),
      ),
    ).toBe('CS002');
    expect(await code(telling(desk, restriction, { proof: '' }))).toBe('text-invalid');
    expect(await code(telling(desk, restriction, { toldAt: '2030-01-01T00:00' }))).toBe(
      'in-the-future',
    );
    expect(await code(telling(desk, restriction))).toBe('done');
    desk.context.passTime(1_000);
    const told = { restriction, seen: '1', step: 'lift-proposed' };
    expect(await code(pressLift(desk, dpo, told))).toBe('not-allowed');
    expect(await code(pressLift(desk, ada, told))).toBe('not-allowed');
    expect(await code(pressLift(desk, mia, propose))).toBe('restriction-moved');
    expect(await code(pressLift(desk, mia, told))).toBe('done');
    const lift = { restriction, seen: '2', step: 'lifted' };
    expect(await code(pressLift(desk, mia, lift))).toBe('same-person');
    expect(await event('lifted', 3)).toBe('CS002');
    expect(
      await code(returnRestrictionLift(ada.actor, { restriction, seen: '2' }, desk.context)),
    ).toBe('done');
    expect(await code(pressLift(desk, ada, { ...lift, seen: '3' }))).toBe('not-now');
    expect((await read('operation')).every(({ value }) => value === null)).toBe(true);
    expect(await code(pressLift(desk, mia, { ...told, seen: '3' }))).toBe('done');
    expect(await code(pressLift(desk, ada, { ...lift, seen: '4' }))).toBe('done');
    await liftingsProved(desk);
    expect((await read('operation')).every(({ value }) => value !== null)).toBe(true);
  });
});

describe('marketing', () => {
  const agreed = async (): Promise<string> => {
    const person = newPersonId();
    await inTransaction(desk.web, (tx) =>
      writePerson(
        tx,
        { id: person, values: { email: 'b@example.org', 'marketing-consent': 'yes' } },
        { by: dora().personId, at: desk.context.clock() },
      ),
    );
    desk.context.passTime(1_000);
    return person;
  };
  const emailFor = async (use: 'marketing' | 'message', person: string) =>
    (await read(use, person)).find(({ field }) => field === 'email')?.value;

  it('needs a consent', async () => {
    expect((await read('marketing')).map(({ restricted: why }) => why?.ground)).toEqual([
      'no-consent',
      'no-consent',
    ]);
    expect(await emailFor('marketing', await agreed())).toBe('b@example.org');
  });

  it('stops at once when somebody objects or takes the consent back, without any decision', async () => {
    for (const why of ['objected', 'withdrawn']) {
      const person = await agreed();
      expect(await code(stopMarketing(desk.people.ida.actor, { person, why }, desk.context))).toBe(
        'not-allowed',
      );
      const stopped = await stopMarketing(desk.people.ada.actor, { person, why }, desk.context);
      expect(stopped).toMatchObject({ ok: true, value: { isWritten: true } });
      expect(await emailFor('marketing', person)).toBe(null);
      expect(await emailFor('message', person)).toBe('b@example.org');
      const consent = (await read('request-of-person', person)).find(
        ({ field }) => field === 'marketing-consent',
      );
      expect(consent?.value).toBe('no');
    }
  });

  it('stops from the request as well, in one step', async () => {
    const person = await agreed();
    const { id } = await identified({ ...desk, subject: person }, 'withdraw-consent');
    expect(await code(stopMarketing(dora(), { request: id, why: 'withdrawn' }, desk.context))).toBe(
      'done',
    );
    expect(await emailFor('marketing', person)).toBe(null);
    const stops = await desk.owner.personStop.findMany({ where: { personId: person } });
    expect(stops).toMatchObject([{ requestId: id, what: 'marketing', why: 'withdrawn' }]);
  });

  it('that was stopped begins again with nothing but a new consent', async () => {
    const person = await agreed();
    await stopMarketing(desk.people.ada.actor, { person, why: 'objected' }, desk.context);
    desk.context.passTime(1_000);
    const anew = { by: dora().personId, at: desk.context.clock(), reference: null };
    await inTransaction(desk.web, (tx) =>
      writeValues(tx, { id: person, values: { 'marketing-consent': 'yes' } }, anew),
    );
    expect(await emailFor('marketing', person)).toBe('b@example.org');
    expect(await refusal(desk.web.personStop.deleteMany({ where: { personId: person } }))).toBe(
      '42501',
    );
  });
});

describe('an objection', () => {
  /** Advised on, whom it is about chosen: five events. */
  async function advisedOn(subject: string, right: string): Promise<string> {
    const { id } = await identified({ ...desk, subject }, right);
    valueOf(await collectSystem(dora(), { id, seen: '2', system: 'vault' }, desk.context));
    const review = { id, seen: '3', blockers: [], reasons: 'Nothing stands against it here.' };
    valueOf(await reviewRequest(dora(), review, desk.context));
    const text = 'Our grounds weigh less.';
    valueOf(await giveOpinion(dora(), { id, seen: '4', opinion: 'for', text }, desk.context));
    return id;
  }
  const decide = async (id: string, more: object = {}): Promise<string> =>
    code(press(desk, desk.people.mia, { id, seen: '5', ...granting, ...more }));

  it('that is granted stops what rests on our interest, for good', async () => {
    const ben = desk.people.ben.actor.personId;
    const id = await advisedOn(ben, 'objection');
    expect(await decide(id)).toBe('not-stopped');
    const restriction = await restricted(desk, id, { ground: 'objection' });
    expect(await decide(id)).toBe('done');
    valueOf(await press(desk, desk.people.ada, { id, seen: '6', step: 'approved' }));
    await liftedByTwo(desk, restriction);
    expect(await operatorName(desk.web, ben)).toBe(ben);
    const stops = await desk.owner.personStop.findMany({ where: { personId: ben } });
    expect(stops).toMatchObject([{ what: 'interest', why: 'objected', requestId: id }]);
  });

  it('that is refused for compelling grounds stops nothing, and needs its reasons and the article', async () => {
    const { ida } = desk.people;
    const id = await advisedOn(ida.actor.personId, 'objection');
    await restricted(desk, id, { ground: 'objection' });
    const refused = { decision: 'refuse', grounds: ['compelling'] };
    expect(await decide(id, { ...refused, grounds: [] })).toBe('grounds-wrong');
    expect(await decide(id, { ...refused, reasons: '' })).toBe('text-invalid');
    expect(await decide(id, refused)).toBe('done');
    valueOf(await press(desk, desk.people.ada, { id, seen: '6', step: 'approved' }));
    expect(await desk.owner.personStop.count({ where: { personId: ida.actor.personId } })).toBe(0);
  });

  it('to direct marketing is refused on no ground, neither whole nor where it is to more', async () => {
    const id = await advisedOn(desk.subject, 'objection');
    const refusing = { decision: 'refuse', grounds: ['compelling'] };
    expect(await decide(id, refusing)).toBe('not-stopped');
    valueOf(await stopMarketing(dora(), { request: id, why: 'objected' }, desk.context));
    for (const decision of ['refuse', 'grant-in-part'])
      expect(await decide(id, { ...refusing, decision })).toBe('marketing-objected');
    expect(await decide(id)).toBe('done');
  });

  it('a withdrawal of consent is granted once it holds', async () => {
    const id = await advisedOn(desk.subject, 'withdraw-consent');
    expect(await decide(id)).toBe('not-stopped');
    valueOf(await stopMarketing(dora(), { request: id, why: 'withdrawn' }, desk.context));
    expect(await decide(id)).toBe('done');
  });
});
