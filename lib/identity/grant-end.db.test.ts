import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { beginSignIn } from './begin-sign-in.ts';
import { finishSignIn } from './finish-sign-in.ts';
import { redeemTicket } from './redeem-ticket.ts';
import { findSession, resolveSession } from './sessions.ts';
import {
  admit,
  enrol,
  invite,
  newKey,
  register,
  signIn,
  takeTicket,
  testContext,
  valueOf,
  type Enrolled,
  type TestContext,
} from './testing/people.ts';
import { completeEnrolment } from './complete-enrolment.ts';

const minute = 60_000;
const ended = (sentence: RegExp) => ({
  ok: false,
  refusal: { code: 'grant-ended', sentence: expect.stringMatching(sentence) as string },
});
const ofPerson = ended(/^The roster in force grants you nothing any more\./u);
const ofKey = ended(/^The roster in force grants this key nothing any more\./u);

let database: TestDatabase;
let context: TestContext;
let person: Enrolled;
let secondKey: ReturnType<typeof newKey>;
let version = 0;

beforeEach(async () => {
  database = await createTestDatabase();
  context = testContext(database.connect('web'));
  const { operatorId, token } = await invite(context);
  const key = newKey();
  secondKey = newKey();
  valueOf(await register(context, token, key));
  valueOf(await register(context, token, secondKey));
  valueOf(await completeEnrolment(token, context));
  person = { operatorId, token, key };
  await admit(database.connect('owner'), person);
  version = 0;
});
afterEach(() => database.drop());

const inMinutes = (minutes: number): string =>
  new Date(context.clock().getTime() + minutes * minute).toISOString();

/** Puts a roster in force in which the person, or the first key, has an end. */
async function grant(ends: { person?: string; key?: string | null }): Promise<void> {
  version += 1;
  const document = JSON.stringify({
    version,
    people: [
      { id: 'p-otheraaaaa', notAfter: inMinutes(-60), credentials: [] },
      {
        id: person.operatorId,
        ...(ends.person !== undefined && { notAfter: ends.person }),
        credentials: [
          { id: secondKey.credentialId, notAfter: null },
          { id: person.key.credentialId, notAfter: ends.key ?? null },
        ],
      },
    ],
  });
  const digest = createHash('sha256').update(document).digest('hex');
  await database.connect('owner').rosterVersion.create({ data: { version, digest, document } });
}

async function trySignIn(key: Enrolled['key']) {
  const { nonce, options } = valueOf(await beginSignIn(context));
  const assertion = key.assert({ challenge: options.challenge, origin: context.settings.origin });
  return finishSignIn({ nonce, assertion }, context);
}

describe('the end that the roster gives to a grant', () => {
  it('ends every session of its person to the millisecond, for requests and for open pages', async () => {
    await grant({ person: inMinutes(10) });
    const { secret } = await signIn(context, person);
    const other = await signIn(context, { key: secondKey });
    context.passTime(10 * minute - 1);
    expect(await resolveSession(secret, context)).toMatchObject({ personId: person.operatorId });
    context.passTime(1);
    expect(await findSession(secret, context)).toEqual(ofPerson);
    expect(await findSession(other.secret, context, 'watching')).toEqual(ofPerson);
    expect(await resolveSession(secret, context)).toBeNull();
  });

  it('ends the sessions that were opened with a key, and none of another key', async () => {
    await grant({ key: inMinutes(10) });
    const { secret } = await signIn(context, person);
    const other = await signIn(context, { key: secondKey });
    context.passTime(10 * minute);
    expect(await findSession(secret, context)).toEqual(ofKey);
    expect(await findSession(other.secret, context)).toMatchObject({ ok: true });
  });

  it('opens no session any more, and redeems no ticket that was given out before', async () => {
    await grant({ person: inMinutes(1) });
    context.passTime(minute - 1000);
    const ticket = await takeTicket(context, person);
    context.passTime(1000);
    expect(await redeemTicket(ticket, context)).toBeNull();
    expect(await trySignIn(person.key)).toEqual(ofPerson);
    await grant({ key: inMinutes(0) });
    expect(await trySignIn(person.key)).toEqual(ofKey);
    expect(await trySignIn(secondKey)).toMatchObject({ ok: true });
  });

  it('is read from the newest roster alone', async () => {
    await grant({ person: inMinutes(5) });
    const { secret } = await signIn(context, person);
    await grant({});
    context.passTime(6 * minute);
    expect(await findSession(secret, context)).toMatchObject({ ok: true });
    await grant({ person: inMinutes(-1) });
    expect(await findSession(secret, context)).toEqual(ofPerson);
  });

  it('leaves alone whoever has none, and everybody before there is a roster', async () => {
    const founder = await enrol(context);
    expect((await signIn(context, founder)).actor.personId).toBe(founder.operatorId);
    await grant({});
    const { secret } = await signIn(context, person);
    context.passTime(10 * minute);
    expect(await findSession(secret, context)).toMatchObject({ ok: true });
  });
});
