/** A pair is set up while questions or answers get lost: nobody knows what came of them, and a repeat ends alike. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '../testing/custody.ts';
import type { LocalCustody } from '../testing/in-process.ts';
import { segwitKey } from '../testing/organisation.ts';
import { openCustodyOf } from '../testing/withdraw.ts';
import { rpc } from '../wire/rpc.ts';
import { latestAudit } from '../party/store/audit.ts';
import { setUpPairs } from './pair-setup.ts';
import { partyStatus, type PartyClient } from './party-client.ts';

const KEY = 'key-warm-1';
const isLong = process.env['COUNTERSIGN_LONG_TESTS'] !== undefined;

let custody: LocalCustody;
beforeAll(async () => {
  ({ custody } = await openCustodyOf(segwitKey));
}, 120_000);
afterAll(() => custody.remove());

type Lost = { by: string; path: string; what: 'question' | 'answer' };

/** Clients of which one loses one call: the party never hears of it, or nobody hears what it answered. */
function losing({ by, path, what }: Lost): PartyClient[] {
  let isDue = true;
  return custody.parties.map(({ client }) => ({
    ...client,
    call: async (method, request) => {
      const isIt = isDue && client.name === by && method.path === path;
      if (!isIt) return client.call(method, request);
      isDue = false;
      if (what === 'answer') await client.call(method, request);
      return { ok: false, refusal: 'party-timeout', party: by, culprit: null };
    },
  }));
}

/** What control and custody say of each other. */
async function bothSides(): Promise<({ id: string; state: string } | undefined)[]> {
  const sides = [
    [0, 'custody'],
    [1, 'control'],
  ] as const;
  return Promise.all(
    sides.map(async ([place, peer]) => {
      const [key] = must(await partyStatus(custody.parties[place].client)).keys;
      const pair = key?.pairs?.find((one) => one.peer === peer);
      return pair && { id: pair.id, state: pair.state };
    }),
  );
}

function forgetPair(): void {
  custody.parties[0].party.database.run('delete from pairs where peer = ?', 'custody');
  custody.parties[1].party.database.run('delete from pairs where peer = ?', 'control');
}

const steps = [rpc.pairBegin, rpc.pairExchange, rpc.pairAnswer, rpc.pairFinish, rpc.pairKeep];
const all = steps.flatMap(({ path }, place) =>
  (['question', 'answer'] as const).map((what, other): Lost & { name: string } => {
    const by = (place + other) % 2 === 0 ? 'control' : 'custody';
    return { name: `the ${what} of ${path} at ${by}`, by, path, what };
  }),
);
/** A set-up takes seconds of work. The last step is the one that leaves something behind. */
const cases = isLong ? all : all.filter(({ path }) => path === rpc.pairKeep.path);

test.each(cases)(
  'without $name both come to the same in the end, and it stays',
  async (lost) => {
    forgetPair();
    const clients = custody.parties.map(({ client }) => client);
    expect(await setUpPairs(losing(lost), KEY)).toMatchObject({
      ok: false,
      refusal: 'party-timeout',
      party: lost.by,
    });
    expect(must(await setUpPairs(clients, KEY)).pairs).toHaveLength(3);
    const [one, other] = await bothSides();
    expect(one).toMatchObject({ state: 'set-up' });
    expect(other).toEqual(one);
    // What both have stays, as it is.
    must(await setUpPairs(clients, KEY));
    expect(await bothSides()).toEqual([one, one]);
    for (const { party } of custody.parties)
      expect(latestAudit(party.database, 50).map(({ event }) => event)).not.toContain(
        'pair-banned',
      );
  },
  120_000,
);
