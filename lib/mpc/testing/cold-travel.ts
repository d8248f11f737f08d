/** A ceremony with cold parties by trips, each by way of a row of a database. */
import { expect, vi } from 'vitest';
import {
  advanceColdCeremony,
  newColdCeremony,
  takeColdAnswer,
  type ColdCeremony,
} from '../client/cold-ceremony.ts';
import type { ColdKnowledge } from '../client/cold-knowledge.ts';
import type { ColdNo } from '../client/cold-refusals.ts';
import type { PartyAnswer, PartyClient } from '../client/party-client.ts';
import { bytesOf, carryRound, type ColdCustody } from './cold-custody.ts';

export type Travelled<T> =
  | { kind: 'done'; value: T; trips: number }
  | { kind: 'waiting'; state: ColdCeremony }
  | { kind: 'absent' | 'void' | 'refused'; no: ColdNo };

/** Longest time for sealing a share on a busy machine, in milliseconds. */
const SEALED = { timeout: 30_000, interval: 5 };

/**
 * Trips until it is over, or until so many were made.
 * @param of.most trips; the state after them is handed back, to go on from.
 */
export async function travelAll<T>(
  custody: ColdCustody,
  drive: (clients: readonly PartyClient[]) => Promise<PartyAnswer<T>>,
  of: { from?: ColdCeremony; most?: number; cold?: string[] } = {},
): Promise<Travelled<T>> {
  const { organisation, environment } = custody.organisation.roster;
  const { cold = ['cold-a', 'cold-b'], most = 20 } = of;
  const knowledge: Record<string, ColdKnowledge> = {};
  const world = {
    online: [custody.control.client],
    others: [custody.custody.client, custody.recovery.client],
    drive,
    knowledge,
  };
  let state = of.from ?? newColdCeremony({ organisation, environment, cold });
  for (let trips = 0; ; trips += 1) {
    const step = await advanceColdCeremony(state, world);
    state = JSON.parse(JSON.stringify(step.state)) as ColdCeremony;
    const { outcome } = step;
    if (outcome.kind === 'done') return { kind: 'done', value: outcome.value, trips };
    if (outcome.kind !== 'waiting') return outcome;
    if (trips === most) return { kind: 'waiting', state };
    for (const { to, text } of outcome.documents) {
      const site = to === 'cold-a' ? custody.a : custody.b;
      // People carry for longer than a share takes to be sealed.
      await vi.waitFor(
        () => expect([...site.party.backups.values()]).not.toContain('sealing'),
        SEALED,
      );
      const answer = bytesOf(carryRound(site, text).text);
      const now = new Date(Date.now() + custody.clock.ahead);
      const taken = await takeColdAnswer(state, world, { cold: to, answer, now });
      if (!taken.ok) return { kind: 'refused', no: taken };
      if (taken.value.no) return { kind: 'void', no: taken.value.no };
      ({ state } = taken.value);
      knowledge[to] = taken.value.knowledge;
    }
  }
}
