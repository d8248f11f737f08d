import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '#lib/platform/db/client.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { beginEnrolment } from './begin-enrolment.ts';
import { completeEnrolment } from './complete-enrolment.ts';
import { invitationLifetimeMs } from './invite-operator.ts';
import { readEnrolment } from './read-enrolment.ts';
import { registerKey } from './register-key.ts';
import { removeKey } from './remove-key.ts';
import { renewInvitation } from './renew-invitation.ts';
import {
  admit,
  enrol,
  invite,
  newKey,
  register,
  signIn,
  testContext,
  valueOf,
  type TestContext,
} from './testing/people.ts';

let database: TestDatabase;
let web: Database;
let owner: Database;
let context: TestContext;

beforeAll(async () => {
  database = await createTestDatabase();
  web = database.connect('web');
  owner = database.connect('owner');
});
afterAll(() => database.drop());
beforeEach(() => {
  context = testContext(web);
});

const keysOf = (operatorId: string) => web.credential.findMany({ where: { operatorId } });

describe('an enrolment link', () => {
  it('shows who it is for, and the words of each key registered with it', async () => {
    const { token, operatorId } = await invite(context);
    const key = newKey({ backupEligible: true });
    valueOf(await register(context, token, key, '  Blue key '));
    const view = valueOf(await readEnrolment(token, context));
    expect(view).toMatchObject({ operatorId, displayName: 'Ada Hofmann', keysNeeded: 1 });
    expect(view.keys).toMatchObject([{ label: 'Blue key', synced: true, status: 'pending' }]);
    expect(view.keys[0]?.words).toHaveLength(6);
  });

  it('works once', async () => {
    const { token, operatorId } = await enrol(context);
    for (const again of [
      await readEnrolment(token, context),
      await beginEnrolment(token, context),
      await completeEnrolment(token, context),
    ])
      expect(again).toMatchObject({ ok: false, refusal: { code: 'link-used' } });
    expect(await keysOf(operatorId)).toHaveLength(1);
  });

  it('ends once when two tabs finish it at the same moment', async () => {
    const { token } = await invite(context);
    valueOf(await register(context, token, newKey()));
    const both = await Promise.all([
      completeEnrolment(token, context),
      completeEnrolment(token, context),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('takes no key that arrives beside its end', async () => {
    const { token, operatorId } = await invite(context);
    valueOf(await register(context, token, newKey()));
    const late = newKey();
    const { nonce, options } = valueOf(await beginEnrolment(token, context));
    const registration = late.register({
      challenge: options.challenge,
      origin: context.settings.origin,
    });
    const [done, registered] = await Promise.all([
      completeEnrolment(token, context),
      registerKey({ token, nonce, label: 'Late', registration }, context),
    ]);
    expect(done.ok).toBe(true);
    const counted = await web.auditEntry.findFirstOrThrow({
      where: { subject: operatorId, kind: 'enrolment-completed' },
    });
    const { facts } = JSON.parse(Buffer.from(counted.leaf).toString('utf8')) as {
      facts: { keys: number };
    };
    expect(facts.keys).toBe(registered.ok ? 2 : 1);
    expect(await keysOf(operatorId)).toHaveLength(facts.keys);
  });

  it('stops working when its time is over, also between two steps', async () => {
    const { token } = await invite(context);
    valueOf(await register(context, token, newKey()));
    context.passTime(invitationLifetimeMs);
    expect(await completeEnrolment(token, context)).toMatchObject({
      refusal: { code: 'link-expired' },
    });
  });

  it.each([undefined, null, '', 'a'.repeat(43), ['x'], { token: 1 }, 'ä'.repeat(43)])(
    'that nobody made (%j) opens nothing',
    async (token) => {
      for (const answer of [
        await readEnrolment(token, context),
        await beginEnrolment(token, context),
        await completeEnrolment(token, context),
      ])
        expect(answer).toMatchObject({ ok: false, refusal: { code: 'link-unknown' } });
    },
  );

  it('is kept as a hash only', async () => {
    const { token } = await invite(context);
    const rows = await owner.$queryRaw<{ row: string }[]>`select i::text as row from invitation i`;
    expect(rows.some(({ row }) => row.includes(token))).toBe(false);
  });
});

describe('finishing', () => {
  it('needs a key', async () => {
    const { token } = await invite(context);
    expect(await completeEnrolment(token, context)).toMatchObject({
      refusal: { code: 'too-few-keys' },
    });
  });

  it('does not count a key that was taken back', async () => {
    const { token, operatorId } = await invite(context);
    const key = newKey();
    valueOf(await register(context, token, key));
    valueOf(await removeKey({ token, credential: key.credentialId }, context));
    expect(await completeEnrolment(token, context)).toMatchObject({
      refusal: { code: 'too-few-keys' },
    });
    expect(await keysOf(operatorId)).toMatchObject([{ status: 'revoked' }]);
    expect(await register(context, token, key)).toMatchObject({
      refusal: { code: 'key-already-enrolled' },
    });
  });
});

describe('taking a key back', () => {
  it('is refused for a key of somebody else', async () => {
    const other = await enrol(context);
    const { token } = await invite(context);
    const answer = await removeKey({ token, credential: other.key.credentialId }, context);
    expect(answer).toMatchObject({ refusal: { code: 'key-unknown' } });
    expect(await keysOf(other.operatorId)).toMatchObject([{ status: 'pending' }]);
  });
});

describe('a new link', () => {
  it('ends the one before and takes its keys back', async () => {
    const administrator = await enrol(context);
    await admit(owner, administrator);
    const { actor } = await signIn(context, administrator);
    const { token, operatorId } = await invite(context);
    valueOf(await register(context, token, newKey()));
    const renewed = valueOf(await renewInvitation(actor, { operator: operatorId }, context));
    expect(await readEnrolment(token, context)).toMatchObject({ refusal: { code: 'link-used' } });
    const fresh = renewed.link.split('#')[1];
    expect(valueOf(await readEnrolment(fresh, context)).keys).toEqual([]);
  });

  it('is refused for somebody who has finished, and to somebody who may not invite', async () => {
    const administrator = await enrol(context);
    const officer = await enrol(context, {
      displayName: 'Marek Kowalski',
      roles: ['officer'],
      group: 'control',
    });
    await admit(owner, administrator);
    await admit(owner, officer);
    const { actor } = await signIn(context, administrator);
    const form = { operator: officer.operatorId };
    expect(await renewInvitation(actor, form, context)).toMatchObject({
      refusal: { code: 'operator-not-invited' },
    });
    const { actor: marek } = await signIn(context, officer);
    expect(await renewInvitation(marek, form, context)).toMatchObject({
      refusal: { code: 'not-allowed' },
    });
  });
});
