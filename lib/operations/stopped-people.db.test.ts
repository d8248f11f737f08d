import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stopKey } from '#lib/identity/stop-key.ts';
import { suspendOperator } from '#lib/identity/suspend-operator.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { prepareKeyCeremony } from './prepare-key-ceremony.ts';
import { openAfterGenesis, press, type AfterGenesis } from './testing/after-genesis.ts';

let desk: AfterGenesis;
beforeEach(async () => {
  desk = await openAfterGenesis();
});
afterEach(() => desk.database.drop());

const ceremony = () => ({
  operation: randomUUID(),
  vault: 'warm-2',
  name: 'Warm 2',
  tier: 'warm',
  chain: 'solana:sandbox',
});

describe('a statement whose request was made before', () => {
  it('is refused once its key was stopped, and nothing is recorded', async () => {
    const [raiser, colleague] = desk.founders;
    const { request } = valueOf(await prepareKeyCeremony(raiser.actor, ceremony(), desk.context));
    valueOf(
      await stopKey(
        colleague.actor,
        { credential: raiser.key.credentialId, reason: 'stolen', lastAdministrator: true },
        desk.context,
      ),
    );
    expect(await press(raiser, request, desk.context)).toMatchObject({
      refusal: { code: 'unknown-credential' },
    });
    expect(await desk.owner.operation.count()).toBe(0);
  });

  it('is refused once its person was suspended, and nothing is recorded', async () => {
    const [raiser, colleague] = desk.founders;
    const { request } = valueOf(await prepareKeyCeremony(raiser.actor, ceremony(), desk.context));
    valueOf(
      await suspendOperator(
        colleague.actor,
        { operator: raiser.actor.personId, reason: 'left', lastAdministrator: true },
        desk.context,
      ),
    );
    expect((await press(raiser, request, desk.context)).ok).toBe(false);
    expect(await desk.owner.operation.count()).toBe(0);
  });
});
