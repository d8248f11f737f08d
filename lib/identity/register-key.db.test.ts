import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '#lib/platform/db/client.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import type { RegisterOptions } from '#lib/protocol/software-authenticator.ts';
import { beginEnrolment } from './begin-enrolment.ts';
import { challengeLifetimeMs } from './challenges.ts';
import { completeEnrolment } from './complete-enrolment.ts';
import { keysPerPersonMax } from './enrolment.ts';
import { registerKey } from './register-key.ts';
import { approvedMaker } from './testing/attested-key.ts';
import {
  invite,
  newKey,
  register,
  testContext,
  valueOf,
  type TestContext,
} from './testing/people.ts';

let database: TestDatabase;
let web: Database;
let context: TestContext;

beforeAll(async () => {
  database = await createTestDatabase();
  web = database.connect('web');
});
afterAll(() => database.drop());
beforeEach(() => {
  context = testContext(web);
});

/** A good registration but for what `changes` say. */
async function registration(token: string, changes: Partial<RegisterOptions> = {}) {
  const { nonce, options } = valueOf(await beginEnrolment(token, context));
  const { challenge } = options;
  const key = newKey();
  const answer = key.register({ challenge, origin: context.settings.origin, ...changes });
  return { token, nonce, label: 'Key', registration: answer };
}

const refusalOf = async (form: unknown): Promise<string> => {
  const answer = await registerKey(form, context);
  return answer.ok ? 'registered' : answer.refusal.code;
};

const countKeys = () => web.credential.count();

describe('a registration', () => {
  it.each([
    ['made at another origin', { origin: 'http://localhost:3999' }],
    ['made inside another site', { crossOrigin: true }],
    ['for another challenge', { challenge: Buffer.alloc(32, 7).toString('base64url') }],
    ['by a key that did not check its owner', { uv: false }],
  ] satisfies [string, Partial<RegisterOptions>][])(
    '%s is refused and stores nothing',
    async (_what, changes) => {
      const { token } = await invite(context);
      const before = await countKeys();
      expect(await refusalOf(await registration(token, changes))).toBe('registration-refused');
      expect(await countKeys()).toBe(before);
    },
  );

  it('is refused when its request was answered already', async () => {
    const { token } = await invite(context);
    const form = await registration(token);
    valueOf(await registerKey(form, context));
    const before = await countKeys();
    expect(await refusalOf(form)).toBe('challenge-used');
    expect(await countKeys()).toBe(before);
  });

  it('spends its request even when it is refused', async () => {
    const { token } = await invite(context);
    const form = await registration(token, { uv: false });
    expect(await refusalOf(form)).toBe('registration-refused');
    expect(await refusalOf(form)).toBe('challenge-used');
  });

  it('is refused after its request has run out', async () => {
    const { token } = await invite(context);
    const form = await registration(token);
    context.passTime(challengeLifetimeMs);
    expect(await refusalOf(form)).toBe('challenge-expired');
  });

  it('is refused under another person’s link', async () => {
    const [mine, other] = [await invite(context), await invite(context)];
    const form = await registration(other.token);
    const before = await countKeys();
    expect(await refusalOf({ ...form, token: mine.token })).toBe('challenge-unknown');
    expect(await countKeys()).toBe(before);
  });

  it('is refused for a key that anybody has registered before', async () => {
    const [first, second] = [await invite(context), await invite(context)];
    const key = newKey();
    valueOf(await register(context, first.token, key));
    expect(await register(context, second.token, key)).toMatchObject({
      refusal: { code: 'key-already-enrolled' },
    });
  });

  it.each([
    ['no form', undefined],
    ['extra fields', { extra: 1 }],
    ['an empty name', { label: '  ' }],
    ['a name with markup', { label: '<b>' }],
    ['no answer of a key', { registration: null }],
    ['an oversized answer', { registration: { id: 'A'.repeat(40_000) } }],
  ])('with %s is refused in one sentence', async (_what, changes) => {
    const { token } = await invite(context);
    const form = changes && { ...(await registration(token)), ...changes };
    const answer = await registerKey(form, context);
    expect(answer).toMatchObject({ ok: false });
    if (!answer.ok) expect(answer.refusal.sentence).toMatch(/^[A-Z][^\n]{10,150}\.$/);
  });

  it('beyond the limit of keys is refused', async () => {
    const { token } = await invite(context);
    const spare = await registration(token);
    for (let count = 0; count < keysPerPersonMax; count += 1)
      valueOf(await register(context, token, newKey()));
    expect(await beginEnrolment(token, context)).toMatchObject({
      refusal: { code: 'too-many-keys' },
    });
    expect(await refusalOf(spare)).toBe('too-many-keys');
  });
});

describe('in production', () => {
  const maker = approvedMaker();
  const settings = {
    mode: 'production',
    origin: 'https://console.example.com',
    rpId: 'example.com',
    approvedModels: [maker.aaguid],
    attestationRoots: [maker.rootPem],
  } as const;

  beforeEach(() => {
    context = testContext(web, settings);
  });

  async function tryKey(token: string, made: ReturnType<typeof maker.makeKey>) {
    const { nonce, options } = valueOf(await beginEnrolment(token, context));
    const answer = made.register({ challenge: options.challenge, origin: settings.origin });
    return registerKey({ token, nonce, label: 'Key', registration: answer }, context);
  }

  it('two keys of an approved make are wanted, and accepted', async () => {
    const { token } = await invite(context);
    expect(await tryKey(token, maker.makeKey())).toMatchObject({ ok: true });
    expect(await completeEnrolment(token, context)).toMatchObject({
      refusal: { code: 'too-few-keys' },
    });
    expect(await tryKey(token, maker.makeKey())).toMatchObject({ ok: true });
    expect(await completeEnrolment(token, context)).toMatchObject({ ok: true });
  });

  it.each([
    ['a synced passkey', () => maker.makeKey({ backupEligible: true }), 'synced passkey'],
    ['a key without attestation', () => newKey({ rpId: 'example.com' }), 'did not prove its make'],
    [
      'a key that vouches for itself',
      () => {
        const key = newKey({ rpId: 'example.com' });
        return {
          register: (options: RegisterOptions) =>
            key.register({ ...options, attestation: 'packed' }),
        };
      },
      'did not prove its make',
    ],
    [
      'a program with certificates of its own making',
      () => approvedMaker().makeKey(),
      'does not lead to a maker',
    ],
    [
      'an approved maker’s key of another model',
      () => maker.makeKey({ aaguid: 'ab'.repeat(16) }),
      'not on the approved list',
    ],
  ])('%s is refused and stores nothing', async (_what, make, words) => {
    const { token } = await invite(context);
    const before = await countKeys();
    const answer = await tryKey(token, make());
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'registration-refused' } });
    if (!answer.ok) expect(answer.refusal.sentence).toContain(words);
    expect(await countKeys()).toBe(before);
  });

  it('no key passes while no maker is approved', async () => {
    context = testContext(web, { ...settings, attestationRoots: [] });
    const { token } = await invite(context);
    expect(await tryKey(token, maker.makeKey())).toMatchObject({ ok: false });
  });
});
