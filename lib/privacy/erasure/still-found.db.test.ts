/** An erasure after which a value of the person stands somewhere still: the person is not told that it is done. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import { inTransaction, sqlStateOf } from '#lib/platform/db/transaction.ts';
import { fulfilRequest } from '../requests/carry-out.ts';
import { loadRequest } from '../requests/load-request.ts';
import { decidedErasure, erasureNeeds, somebody } from '../testing/erasure-desk.ts';
import { openRequestDesk, type RequestDesk } from '../testing/request-desk.ts';
import { carryErasure } from './erasure-desk.ts';
import { sentDigest } from '../testing/sent-digest.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

it('is answered only once each place is cleared or named with the article that keeps it', async () => {
  const email = 'honoria.vance@example.org';
  const person = await somebody(desk, { 'full-name': 'Honoria Vance', email });
  const { id, erasure } = await decidedErasure(desk, person);
  await desk.owner.challenge.create({
    data: {
      nonce: randomBytes(32).toString('base64url'),
      purpose: 'sign-in',
      document: '',
      challenge: randomBytes(32).toString('base64url'),
      payload: { left: email },
      expiresAt: new Date(desk.context.clock().getTime() + 600_000),
    },
  });
  expect(await carryErasure(erasureNeeds(desk), erasure)).toBe('proved');
  const file = await loadRequest(desk.owner, id);
  expect(file?.standing.erased).toMatchObject({ found: 1 });
  const digest = await sentDigest(desk.owner, id);
  const answer = async (more: object): Promise<string> => {
    const result = await fulfilRequest(
      desk.people.dora.actor,
      {
        id,
        seen: `${file?.seq}`,
        channel: 'email',
        sentAt: fieldOf(desk.context.clock()),
        digest,
        namesRemedies: 'yes',
        proof: 'Registered letter 4711.',
        ...more,
      },
      desk.context,
    );
    return result.ok ? 'done' : result.refusal.code;
  };
  const reasons = 'The person asked for a letter.';
  expect(await answer({ reasons })).toBe('still-found');
  expect(await answer({ rest: 'cleared' })).toBe('text-invalid');
  const past = inTransaction(desk.web, (tx) =>
    tx.privacyRequestEvent.create({
      data: {
        requestId: id,
        seq: (file?.seq ?? 0) + 1,
        kind: 'fulfilled',
        actor: desk.people.dora.actor.personId,
        at: desk.context.clock(),
        facts: {
          channel: 'email',
          sentAt: desk.context.clock().toISOString(),
          digest,
          namesRemedies: true,
        },
      },
    }),
  );
  expect(sqlStateOf(await past.catch((error: unknown) => error))).toBe('CS002');
  expect(await answer({ rest: 'cleared', reasons: `${reasons} The challenge is spent.` })).toBe(
    'done',
  );
  const answered = (await loadRequest(desk.owner, id))?.standing.dispatch;
  expect(answered).toMatchObject({ rest: { as: 'cleared', places: 1 } });
});
