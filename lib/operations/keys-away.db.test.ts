/** What people can do about operations while the keys of texts can't be reached. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { prepareFreeze } from './prepare-freeze.ts';
import { prepareRelease } from './prepare-release.ts';
import { openPartyDesk, state, type PartyDesk } from './testing/party-desk.ts';
import { viewStatements } from './view-statements.ts';

let desk: PartyDesk;
beforeAll(async () => {
  desk = await openPartyDesk();
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => desk.close());

it('a freeze goes out without its text and stands; what lets money go on waits for its text', async () => {
  const { actor } = desk.people.jonas;
  vi.stubEnv('COUNTERSIGN_KEYS', 'unix:/nowhere/keys.sock');
  const scope = { what: 'asset', asset: 'SOL' };
  const form = { operation: randomUUID(), scope, reason: 'Something looks wrong.' };
  const raised = valueOf(
    await state(desk, 'jonas', await prepareFreeze(actor, form, desk.context)),
  );
  const freeze = await desk.owner.freeze.findUniqueOrThrow({
    where: { operationId: raised.operation },
  });
  expect(freeze.releasedAt).toBeNull();
  expect(await desk.owner.operationNote.count({ where: { operationId: raised.operation } })).toBe(
    0,
  );
  const [statement] = await viewStatements(raised.operation, desk.context);
  expect([statement?.decision, statement?.note]).toEqual(['raise', null]);
  const release = {
    operation: randomUUID(),
    freeze: freeze.operationId,
    reason: 'It was explained.',
  };
  expect(await prepareRelease(actor, release, desk.context)).toMatchObject({
    refusal: { code: 'keys-away' },
  });
});

it('a text waits sealed with its challenge, and no challenge tells it', async () => {
  const reason = 'A sentence that nobody else wrote.';
  const scope = { what: 'everything' };
  const form = { operation: randomUUID(), scope, reason };
  valueOf(await prepareFreeze(desk.people.jonas.actor, form, desk.context));
  const challenges = await desk.owner.challenge.findMany();
  expect(challenges.some(({ purpose }) => purpose === 'statement')).toBe(true);
  expect(JSON.stringify(challenges)).not.toContain(reason);
});
