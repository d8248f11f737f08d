import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scopesOf } from '#lib/identity/roles.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { newPersonId } from '#lib/persons/ids.ts';
import { readValues } from '#lib/persons/read-values.ts';
import { writePerson, writeValues } from '#lib/persons/write-person.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import type { Result } from '#lib/platform/result.ts';
import { findPeople } from '../people/find-people.ts';
import { viewRequest } from '../requests/view-request.ts';
import { collectSystem } from '../collect/collect-system.ts';
import { giveOpinion, identifyPerson } from '../requests/move-request.ts';
import { reviewRequest } from '../requests/review-request.ts';
import { plannedRequest } from '../testing/correction-desk.ts';
import { granting, openRequestDesk, press, type RequestDesk } from '../testing/request-desk.ts';
import { identified, restricted } from '../testing/restriction-desk.ts';
import { decideCorrection } from './decide-correction.ts';
import { newestPlan, planChanges } from './plan-changes.ts';
import { proposeCorrection } from './propose-correction.ts';
import { readPlannedChanges } from './read-changes.ts';
import { viewRectification } from './view-corrections.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const code = async (acting: Promise<Result<unknown>>): Promise<string> => {
  const result = await acting;
  return result.ok ? 'done' : result.refusal.code;
};
const refusal = async (writing: Promise<unknown>): Promise<string> =>
  writing.then(
    () => 'written',
    (error: unknown) => /CS00[23]|42501/.exec(String(error))?.[0] ?? String(error),
  );
const dora = () => desk.people.dora.actor;
const someone = async (name: string): Promise<RequestDesk> => {
  const subject = newPersonId();
  await inTransaction(desk.web, (tx) =>
    writePerson(
      tx,
      { id: subject, values: { 'full-name': name, email: 'old@example.org' } },
      { by: dora().personId, at: desk.context.clock() },
    ),
  );
  return { ...desk, subject };
};
const isFound = async (name: string, person: string): Promise<boolean> => {
  const asked = { kind: 'name', value: name, purpose: 'request-of-person' };
  const found = valueOf(await findPeople(dora(), asked, desk.context));
  return found.people.some((one) => one.person === person);
};
const nameOf = async (person: string) => {
  const values = await readValues(desk.web, person, {
    use: 'request-of-person',
    fields: ['full-name'],
    earlierToo: true,
  });
  return values.map(({ value }) => value);
};

describe('a rectification', () => {
  it('who was found by the old name is found by the new one and no more by the old', async () => {
    const about = await someone('Anna Falsch');
    const { id, plan } = await plannedRequest(about, { 'full-name': 'Anna Richtig' });
    expect(await isFound('Anna Falsch', about.subject)).toBe(true);
    valueOf(await press(desk, desk.people.mia, { id, seen: '6', ...granting, plan }));
    expect(await isFound('Anna Falsch', about.subject)).toBe(true);
    valueOf(await press(desk, desk.people.ada, { id, seen: '7', step: 'approved' }));
    expect(await isFound('Anna Falsch', about.subject)).toBe(false);
    expect(await isFound('Richtig, Anna', about.subject)).toBe(true);
    expect(await nameOf(about.subject)).toEqual(['Anna Richtig', 'Anna Falsch']);
    const kept = await desk.owner.personCorrection.findMany({ where: { requestId: id } });
    expect(kept).toMatchObject([
      {
        personId: about.subject,
        fields: ['full-name'],
        outcome: 'made',
        sealed: null,
        proposedBy: desk.people.mia.actor.personId,
        decidedBy: desk.people.ada.actor.personId,
      },
    ]);
  });

  it('shows which fields it is about to who may look at people, and opens no value for that', async () => {
    const about = await someone('Ina Sieht');
    const { id } = await plannedRequest(about, { 'full-name': 'Ina Sah' });
    const { mia, ida } = desk.people;
    const shown = async ({ actor }: typeof mia) => {
      const request = valueOf(await viewRequest(actor, id, desk.context));
      return (await viewRectification(actor, request, desk.context))?.plan?.fields;
    };
    // What is sealed can't be opened by whatever a page shows.
    await desk.owner.$executeRaw`alter table privacy_request_text disable trigger user`;
    await desk.owner.$executeRaw`update privacy_request_text set sealed = null, erased_at = now()
      where request_id = ${id}::uuid and field = 'plan'`;
    await desk.owner.$executeRaw`alter table privacy_request_text enable trigger user`;
    expect(await shown(mia)).toEqual(['Name']);
    expect(await shown(ida)).toBeNull();
    expect(await desk.owner.personLook.count({ where: { personId: about.subject } })).toBe(0);
  });

  it('that gives the earlier name as a former one is found by both', async () => {
    const about = await someone('Eva Ledig');
    const names = { 'full-name': 'Eva Verheiratet', 'former-names': 'Eva Ledig' };
    const { id, plan } = await plannedRequest(about, names);
    valueOf(await press(desk, desk.people.mia, { id, seen: '6', ...granting, plan }));
    valueOf(await press(desk, desk.people.ada, { id, seen: '7', step: 'approved' }));
    expect(await isFound('Eva Ledig', about.subject)).toBe(true);
    expect(await isFound('Eva Verheiratet', about.subject)).toBe(true);
  });

  it('is decided on what was written last, and on nothing else', async () => {
    const about = await someone('Otto Eins');
    const request = await identified(about, 'rectification');
    const { id } = request;
    const plan = (seen: string, name: string, by = dora()) =>
      planChanges(by, { id, seen, 'full-name': name }, desk.context);
    expect(await code(plan('2', 'Otto Zwei', desk.people.mia.actor))).toBe('not-allowed');
    expect(await code(plan('2', '<b>'))).toBe('form-invalid');
    expect(
      await code(planChanges(dora(), { id, seen: '2', 'suspicion-note': 'x' }, desk.context)),
    ).toBe('form-invalid');
    expect(await code(planChanges(dora(), { id, seen: '2' }, desk.context))).toBe('form-invalid');
    const whole = await plannedRequest(about, { 'full-name': 'Otto Zwei' });
    const propose = (more: object) =>
      code(press(desk, desk.people.mia, { id: whole.id, seen: '6', ...granting, ...more }));
    expect(await propose({})).toBe('plan-other');
    expect(await propose({ plan: 'a'.repeat(64) })).toBe('plan-other');
    expect(await propose({ plan: whole.plan })).toBe('done');
    expect(
      await code(
        planChanges(dora(), { id: whole.id, seen: '7', 'full-name': 'Otto Drei' }, desk.context),
      ),
    ).toBe('not-now');
    const bare = await plannedRequest(about, { 'full-name': 'Otto Vier' });
    expect(
      await code(
        press(desk, desk.people.mia, {
          id: bare.id,
          seen: '6',
          ...granting,
          decision: 'refuse',
          grounds: ['accurate'],
          plan: bare.plan,
        }),
      ),
    ).toBe('plan-needless');
  });

  it('that was written about somebody else who was chosen before is decided on by nobody', async () => {
    const about = await someone('Lea Richtige');
    const other = await someone('Lea Falsche');
    const { id, plan } = await plannedRequest(about, { 'full-name': 'Lea Anders' });
    const person = { person: other.subject, ground: 'document', proof: 'The passport is hers.' };
    valueOf(await identifyPerson(dora(), { id, seen: '6', ...person }, desk.context));
    valueOf(await collectSystem(dora(), { id, seen: '7', system: 'vault' }, desk.context));
    const review = { id, seen: '8', blockers: [], reasons: 'The passport is hers.' };
    valueOf(await reviewRequest(dora(), review, desk.context));
    const opinion = { id, seen: '9', opinion: 'for', text: 'The passport shows it.' };
    valueOf(await giveOpinion(dora(), opinion, desk.context));
    expect(await code(press(desk, desk.people.mia, { id, seen: '10', ...granting, plan }))).toBe(
      'no-plan',
    );
    expect(await code(readPlannedChanges(dora(), { request: id }, desk.context))).toBe('no-plan');
  });

  it('is read, old beside new, by who decides, who is on record for it, even while it is restricted', async () => {
    const about = await someone('Nora Alt');
    const { id, number } = await plannedRequest(about, { 'full-name': 'Nora Neu' });
    await restricted(about, id);
    const shown = await readPlannedChanges(desk.people.ada.actor, { request: id }, desk.context);
    expect(shown).toEqual({
      ok: true,
      value: [{ field: 'full-name', label: 'Name', from: 'Nora Alt', to: 'Nora Neu' }],
    });
    expect(
      await desk.owner.personLook.findMany({ where: { personId: about.subject } }),
    ).toMatchObject([{ purpose: 'correction', reference: number, fields: ['full-name'] }]);
    const stranger = { ...desk.people.ben.actor, scopes: scopesOf(['auditor']) };
    expect(await code(readPlannedChanges(stranger, { request: id }, desk.context))).toBe(
      'not-allowed',
    );
  });

  it('stands with its request in no table in clear', async () => {
    const about = await someone('Ida Klar');
    const { id } = await plannedRequest(about, { residence: 'Hidden Street 4711' });
    const plan = await newestPlan(desk.web, { id, events: [] });
    expect(Buffer.from(plan?.sealed ?? []).toString('latin1')).not.toContain('Hidden');
    expect(plan?.commitment).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('a correction needs two people', () => {
  it('without a request as well: one proposes, another makes it so', async () => {
    const { subject: person } = await someone('Paul Eins');
    const { ada, ben, ida, mia } = desk.people;
    const propose = (by = ada.actor, more: object = { 'full-name': 'Paul Zwei' }) =>
      proposeCorrection(by, { person, source: 'document', ...more }, desk.context);
    expect(await code(propose(mia.actor))).toBe('not-allowed');
    expect(await code(propose(ida.actor))).toBe('not-allowed');
    expect(await code(propose(ada.actor, { religion: 'none' }))).toBe('form-invalid');
    const { correction } = valueOf(await propose());
    expect(await code(propose(ben.actor))).toBe('correction-open');
    const decide = (by = ada.actor, outcome = 'made') =>
      code(decideCorrection(by, { correction, outcome }, desk.context));
    expect(await decide(ada.actor)).toBe('same-person');
    expect(await decide(dora())).toBe('not-allowed');
    expect(await decide(ben.actor, 'withdrawn')).toBe('not-yours');
    expect(await nameOf(person)).toEqual(['Paul Eins']);
    expect(await decide(ben.actor)).toBe('done');
    expect(await decide(ben.actor)).toBe('decided-already');
    expect(await nameOf(person)).toEqual(['Paul Zwei', 'Paul Eins']);
    expect(await isFound('Paul Eins', person)).toBe(false);
    expect(await isFound('Paul Zwei', person)).toBe(true);
  });

  it('and changes nothing when it is turned down or taken back', async () => {
    const { subject: person } = await someone('Rita Eins');
    for (const [outcome, by] of [
      ['rejected', desk.people.mia.actor],
      ['withdrawn', desk.people.ada.actor],
    ] as const) {
      const asked = { person, source: 'form', 'full-name': 'Rita Zwei' };
      const { correction } = valueOf(
        await proposeCorrection(desk.people.ada.actor, asked, desk.context),
      );
      valueOf(await decideCorrection(by, { correction, outcome }, desk.context));
      const kept = await desk.owner.personCorrection.findUniqueOrThrow({
        where: { id: correction },
      });
      expect(kept).toMatchObject({ outcome, sealed: null });
    }
    expect(await nameOf(person)).toEqual(['Rita Eins']);
  });

  it('whoever writes: the database takes no newer version and no other hash from one', async () => {
    const { subject: person } = await someone('Tom Eins');
    const { ada } = desk.people;
    const alone = { by: ada.actor.personId, at: desk.context.clock(), reference: null };
    expect(
      await refusal(
        inTransaction(desk.web, (tx) =>
          writeValues(tx, { id: person, values: { 'full-name': 'Tom Zwei' } }, alone),
        ),
      ),
    ).toBe('CS002');
    const { keyId } = await desk.owner.person.findUniqueOrThrow({ where: { id: person } });
    const sealed = Buffer.concat([Buffer.of(1), Buffer.from(keyId ?? '', 'hex'), randomBytes(60)]);
    const row = {
      id: crypto.randomUUID(),
      personId: person,
      fields: ['full-name'],
      proposedBy: ada.actor.personId,
      proposedAt: desk.context.clock(),
    };
    const made = { outcome: 'made', decidedAt: desk.context.clock() };
    const insert = (more: object) =>
      refusal(desk.web.personCorrection.create({ data: { ...row, ...more } as never }));
    expect(await insert({ ...made, decidedBy: desk.people.ben.actor.personId })).not.toBe(
      'written',
    );
    expect(
      await insert({ sealed: new Uint8Array(sealed), proposedBy: desk.people.ida.actor.personId }),
    ).toBe('CS002');
    expect(await insert({ sealed: new Uint8Array(sealed) })).toBe('written');
    const update = (more: object) =>
      refusal(
        desk.web.personCorrection.update({
          where: { id: row.id },
          data: { ...made, sealed: null, ...more },
        }),
      );
    expect(await update({ decidedBy: ada.actor.personId })).toBe('CS002');
    expect(await update({ decidedBy: dora().personId })).toBe('CS002');
    expect(
      await refusal(
        desk.web.personHash.updateMany({
          where: { personId: person },
          data: { retiredAt: desk.context.clock() },
        }),
      ),
    ).toBe('CS002');
  });
});
