import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { prepareKeyCeremony } from './prepare-key-ceremony.ts';
import { openAfterGenesis, press, type AfterGenesis } from './testing/after-genesis.ts';

let desk: AfterGenesis;
beforeAll(async () => {
  desk = await openAfterGenesis();
});
afterAll(() => desk.database.drop());

it('the same form handed in several times at once opens one operation, and everybody is told the same', async () => {
  for (let round = 0; round < 5; round += 1) {
    const form = {
      operation: randomUUID(),
      vault: `warm-${round}`,
      name: 'Warm',
      tier: 'warm',
      chain: 'solana:sandbox',
    };
    const officers = desk.founders.slice(0, 3);
    const asked = [];
    for (const founder of officers) {
      const { request } = valueOf(await prepareKeyCeremony(founder.actor, form, desk.context));
      asked.push({ founder, request });
    }
    const answers = await Promise.all(
      asked.map(({ founder, request }) => press(founder, request, desk.context)),
    );
    const [first] = answers.map(valueOf);
    expect(answers.map(valueOf)).toEqual([first, first, first]);
    expect(await desk.owner.operation.count()).toBe(round + 1);
  }
});
