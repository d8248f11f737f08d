import { afterEach, expect, test } from 'vitest';
import { findKey } from '../party/store/keys.ts';
import {
  bytesOf,
  carryRound,
  newCeremony,
  openColdCustody,
  openColdVault,
  restart,
  sendOut,
  signAt,
  onlineOf,
  type ColdCustody,
} from '../testing/cold-custody.ts';
import { keyRefreshIntent } from '../testing/organisation.ts';
import { advanceColdCeremony, takeColdAnswer, type ColdCeremony } from './cold-ceremony.ts';
import type { ColdKnowledge } from './cold-knowledge.ts';
import { finishColdSigning } from './cold-signing.ts';
import { runKeyRefresh } from './key-refresh.ts';
import type { PartyClient } from './party-client.ts';

let custody: ColdCustody;
afterEach(() => custody.remove());

function refresh() {
  const intent = keyRefreshIntent(1, 'key-cold-1', ['control', 'cold-a', 'cold-b']);
  const bundle = custody.organisation.bundle(intent);
  const knowledge: Record<string, ColdKnowledge> = {};
  const world = {
    online: [custody.control.client],
    others: [custody.custody.client, custody.recovery.client],
    drive: (clients: readonly PartyClient[]) => runKeyRefresh(clients, bundle),
    knowledge,
  };
  /** Trips until it is over, or until so many were made. */
  async function travel(from: ColdCeremony, most: number) {
    let state = from;
    for (let trips = 0; trips <= most; trips += 1) {
      const step = await advanceColdCeremony(state, world);
      state = JSON.parse(JSON.stringify(step.state)) as ColdCeremony;
      if (step.outcome.kind !== 'waiting' || trips === most)
        return { state, outcome: step.outcome, trips };
      for (const { to, text } of step.outcome.documents) {
        const site = to === 'cold-a' ? custody.a : custody.b;
        const answer = bytesOf(carryRound(site, text).text);
        const taken = await takeColdAnswer(state, world, { cold: to, answer, now: new Date() });
        if (!taken.ok) throw new Error(taken.refusal);
        if (taken.value.no)
          return { state, outcome: { kind: 'void' as const, no: taken.value.no }, trips };
        ({ state } = taken.value);
        knowledge[to] = taken.value.knowledge;
      }
    }
    throw new Error('unreachable');
  }
  return travel;
}

const epochs = () =>
  [custody.control, custody.a, custody.b].map(
    ({ party }) => findKey(party.database, 'key-cold-1')?.epoch,
  );

async function signsStill(vault: Awaited<ReturnType<typeof openColdVault>>): Promise<boolean> {
  const out = await sendOut(custody, vault);
  const answer = signAt(custody.a, custody, out.text);
  const finished = await finishColdSigning(onlineOf(custody), out.trip, bytesOf(answer.text), {
    now: new Date(),
  });
  return finished.ok && finished.value.publicKey === vault.publicKey;
}

test('a cold key is refreshed by trips, and signs under the same address', async () => {
  custody = openColdCustody();
  const vault = await openColdVault(custody);
  const done = await refresh()(newCeremony(custody), 20);
  expect(done.outcome).toMatchObject({
    kind: 'done',
    value: { epoch: 2, publicKey: vault.publicKey },
  });
  expect(epochs()).toEqual([2, 2, 2]);
  expect(await signsStill(vault)).toBe(true);
});

test('a refresh that a cold party lost in a restart leaves the epoch before, which signs, and can be begun anew', async () => {
  custody = openColdCustody();
  const vault = await openColdVault(custody);
  const travel = refresh();
  const half = await travel(newCeremony(custody), 3);
  restart(custody.b, custody);
  const lost = await travel(half.state, 1);
  expect(lost.outcome.kind).toBe('void');
  expect(epochs()).toEqual([1, 1, 1]);
  expect(await signsStill(vault)).toBe(true);
  const again = await travel(newCeremony(custody), 20);
  expect(again.outcome.kind).toBe('done');
  expect(epochs()).toEqual([2, 2, 2]);
});
