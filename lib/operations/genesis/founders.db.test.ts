import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditOf } from '#lib/audit/queries.ts';
import { readEnrolment } from '#lib/identity/read-enrolment.ts';
import { redeemTicket } from '#lib/identity/redeem-ticket.ts';
import { resolveSession } from '#lib/identity/sessions.ts';
import {
  signIn,
  takeTicket,
  testContext,
  valueOf,
  type TestContext,
} from '#lib/identity/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { digestOf } from '#lib/protocol/intent.ts';
import { askColdParty } from './ask-cold-party.ts';
import { draftGenesis } from './draft-genesis.ts';
import { foundersMax } from './founders.ts';
import { inviteFounders } from './invite-founders.ts';
import { removeFounder } from './remove-founder.ts';
import {
  enrolFounders,
  enrolSeat,
  founders,
  parties,
  sign,
  tokenOf,
  type Enrolled,
} from './testing/founding.ts';

let database: TestDatabase;
let context: TestContext;

beforeEach(async () => {
  database = await createTestDatabase();
  context = testContext(database.connect('web'));
});
afterEach(() => database.drop());

const people = () => context.db.operator.findMany({ orderBy: { createdAt: 'asc' } });
const code = (answer: { ok: boolean; refusal?: { code: string } }) => answer.refusal?.code;

describe('founders are invited', () => {
  it('each by a link that works once, with an audit entry', async () => {
    const seats = valueOf(await inviteFounders(founders, context));
    expect(seats.map(({ outcome }) => outcome)).toEqual(Array(4).fill('invited'));
    for (const [place, seat] of seats.entries())
      expect(valueOf(await readEnrolment(tokenOf(seat, context), context))).toMatchObject({
        displayName: founders[place]?.displayName,
        group: founders[place]?.group,
      });
    expect(
      await context.db.auditEntry.count({ where: { kind: 'operator-invited', actor: 'system' } }),
    ).toBe(4);
  });

  it('not at all while a part is missing', async () => {
    const answer = await inviteFounders(founders.slice(0, 3), context);
    expect(code(answer)).toBe('founders-incomplete');
    expect(answer).toMatchObject({
      refusal: { sentence: expect.stringContaining('an officer of Recovery') as string },
    });
    expect(await people()).toEqual([]);
  });

  it('not under one name twice, and not for a group without being an officer', async () => {
    const [first, second, ...rest] = founders;
    const twin = { ...second, displayName: ' founder 1 ' };
    expect(code(await inviteFounders([first, twin, ...rest], context))).toBe('form-invalid');
    const clerk = { ...second, roles: ['auditor'] };
    expect(code(await inviteFounders([first, clerk, ...rest], context))).toBe('form-invalid');
    expect(await people()).toEqual([]);
  });

  it('once only when two ask at the same time', async () => {
    const [one, other] = await Promise.all([
      inviteFounders(founders, context),
      inviteFounders(founders, context),
    ]);
    const outcomes = [...valueOf(one), ...valueOf(other)].map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'invited')).toHaveLength(4);
    expect(await people()).toHaveLength(4);
  });
});

describe('asking again', () => {
  it('renews the link of who has not enrolled, and leaves who has alone', async () => {
    const [first, second] = valueOf(await inviteFounders(founders, context));
    if (!first || !second) throw new Error('no seats');
    await enrolSeat(first, context);
    const again = valueOf(await inviteFounders(founders, context));
    expect(again.map(({ outcome }) => outcome)).toEqual([
      'enrolled',
      'renewed',
      'renewed',
      'renewed',
    ]);
    expect(code(await readEnrolment(tokenOf(second, context), context))).toBe('link-used');
    expect((await readEnrolment(tokenOf(again[1], context), context)).ok).toBe(true);
    expect(await people()).toHaveLength(4);
  });

  it('changes neither roles nor group of anybody', async () => {
    valueOf(await inviteFounders(founders, context));
    const [first, second] = founders;
    const other = { ...second, group: 'custody' };
    expect(code(await inviteFounders([first, other], context))).toBe('founder-differs');
  });
});

describe('a founder who is taken out', () => {
  it('has no link, key or session any more, and can be invited anew', async () => {
    const [, second, third] = await enrolFounders(context);
    if (!second || !third) throw new Error('no founders');
    const { secret, actor } = await signIn(context, second);
    const other = await signIn(context, third);
    const ticket = await takeTicket(context, second);
    expect(valueOf(await removeFounder('founder 2', context))).toEqual({
      displayName: 'Founder 2',
    });
    const again = valueOf(await inviteFounders(founders, context));
    expect(again.map(({ outcome }) => outcome)).toEqual([
      'enrolled',
      'invited',
      'enrolled',
      'enrolled',
    ]);
    expect(await context.db.credential.count({ where: { status: 'revoked' } })).toBe(1);
    const ended = await context.db.session.findMany({ where: { revokedAt: { not: null } } });
    expect(ended).toMatchObject([{ operatorId: actor.personId, revokedReason: 'suspended' }]);
    expect(await resolveSession(secret, context)).toBeNull();
    expect(await resolveSession(other.secret, context)).not.toBeNull();
    expect(await redeemTicket(ticket, context)).toBeNull();
    const { entries } = await auditOf(context.db, { subject: actor.personId });
    expect(entries.find(({ kind }) => kind === 'founder-removed')).toMatchObject({
      facts: { keysRemoved: 1, sessionsEnded: 1 },
    });
    expect(code(await removeFounder('Founder 9', context))).toBe('founder-unknown');
  });

  it('stops the signatures under a document that names them', async () => {
    const [first, second, third] = await enrolFounders(context);
    if (!first || !second || !third) throw new Error('no founders');
    const { digest } = valueOf(await draftGenesis(parties, context));
    valueOf(await sign(first, digest, context));
    valueOf(await removeFounder(second.name, context));
    expect(code(await sign(third, digest, context))).toBe('genesis-changed');
    await expect(sign(second, digest, context)).rejects.toThrow();
    // Without anybody of Control there is no document to draw up.
    expect(code(await draftGenesis(parties, context))).toBe('genesis-incomplete');
  });
});

describe('the founders stay as they are', () => {
  it('once every one of them has signed', async () => {
    const enrolled = await enrolFounders(context);
    const { digest } = valueOf(await draftGenesis(parties, context));
    for (const founder of enrolled) valueOf(await sign(founder, digest, context));
    expect(code(await inviteFounders(founders, context))).toBe('genesis-signed');
    expect(code(await removeFounder('Founder 1', context))).toBe('genesis-signed');
  });

  it('once a roster is in force, whatever else is on record', async () => {
    await database.connect('owner').rosterVersion.create({
      data: { version: 1, digest: digestOf({}), document: '{}' },
    });
    expect(code(await inviteFounders(founders, context))).toBe('genesis-done');
    expect(await people()).toEqual([]);
  });
});

describe('a genesis that has to be carried to a cold party', () => {
  it('is not drawn up for more founders than a document that travels has room for', async () => {
    const more = Array.from({ length: foundersMax - founders.length }, (_, at) => ({
      displayName: `Founder ${at + founders.length + 1}`,
      roles: ['officer'],
      group: 'custody' as const,
    }));
    const enrolled: Enrolled[] = [];
    for (const seat of valueOf(await inviteFounders([...founders, ...more], context)))
      enrolled.push(await enrolSeat(seat, context, 2));
    expect(code(await draftGenesis(parties, context))).toBeUndefined();
    const [first] = enrolled;
    if (!first) throw new Error('no founders');
    const { actor } = await signIn(context, first);
    valueOf(await askColdParty(actor, { name: 'cold-a' }, [], context));
    await context.db.genesisColdParty.update({
      where: { leg: (await context.db.genesisColdParty.findFirstOrThrow()).leg },
      data: {
        group: 'custody',
        identityKey: '31'.repeat(32),
        exchangeKey: '41'.repeat(32),
        answeredBy: actor.personId,
        answeredAt: context.clock(),
      },
    });
    expect(await draftGenesis(parties, context)).toMatchObject({
      refusal: {
        code: 'genesis-incomplete',
        sentence: expect.stringContaining('Found with fewer people') as string,
      },
    });
  });
});
