import { afterAll, beforeAll, expect, test } from 'vitest';
import { runKeyCeremony } from '../client/key-ceremony.ts';
import { runKeyRefresh } from '../client/key-refresh.ts';
import { runKeyRepair } from '../client/key-repair.ts';
import { forgetShare, keysOf } from './party.ts';
import { openLocalCustody, openLocalVault, type LocalCustody } from '../testing/in-process.ts';
import { keyCeremonyIntent, keyRefreshIntent, keyRepairIntent } from '../testing/organisation.ts';

let custody: LocalCustody;
beforeAll(async () => {
  custody = openLocalCustody();
  await openLocalVault(custody);
});
afterAll(() => custody.remove());

const runs = {
  'a ceremony': [runKeyCeremony, () => keyCeremonyIntent('key-warm-2', 'warm-2')],
  'a refresh': [runKeyRefresh, () => keyRefreshIntent()],
  'a repair': [runKeyRepair, () => keyRepairIntent('recovery', ['control', 'custody'])],
} as const;

test.each(Object.entries(runs))(
  '%s in progress stops once another party shows that the records here are an old copy',
  async (name, [run, intentFor]) => {
    const [{ party }] = custody.parties;
    const recovery = custody.parties[2].party;
    const [record] = keysOf(recovery);
    if (name === 'a repair' && record) {
      recovery.database.run('update keys set sealed = zeroblob(60)');
      forgetShare(recovery, record);
    }
    const clients = custody.parties.map(({ client }) => client);
    const outcome = await run(clients, custody.organisation.bundle(intentFor()), {
      onRound: (round) => {
        if (round !== 'begin') party.peers.behind = 'custody';
      },
    });
    party.peers.behind = null;
    expect(outcome).toMatchObject({ ok: false, refusal: 'own-store-behind' });
    const left = [party.ceremonies, party.refreshes, party.repairs].map(({ size }) => size);
    expect(left).toEqual([0, 0, 0]);
  },
);
