import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import type { PartyClient } from '#lib/mpc/client/party-client.ts';
import { listQueue } from '../list-operations.ts';
import { prepareKeyCeremony } from '../prepare-key-ceremony.ts';
import { advance, decide, openPartyDesk, stateAll, type PartyDesk } from '../testing/party-desk.ts';
import { viewOperation } from '../view-operation.ts';
import { keyWorkOn } from './key-work.ts';

let desk: PartyDesk;
beforeAll(async () => {
  desk = await openPartyDesk();
});
afterAll(() => desk.close());

async function statedCeremony(vault: string): Promise<string> {
  const form = {
    operation: randomUUID(),
    vault,
    name: vault,
    tier: 'hot',
    chain: 'solana:sandbox',
  };
  const prepared = await prepareKeyCeremony(desk.people.ada.actor, form, desk.context);
  const operation = await stateAll(desk, prepared);
  valueOf(await decide(desk, 'sofia', operation, 'cosign'));
  return operation;
}

const view = async (operation: string) =>
  valueOf(await viewOperation(desk.people.marek.actor, operation, desk.context));

describe('a key ceremony', () => {
  it('says on record who does not answer and who has, and goes through once they do', async () => {
    const operation = await statedCeremony('hot-away');
    desk.parties.custody.isReachable = false;
    expect(await advance(desk, operation)).toBe('cosigned');
    const stopped = await view(operation);
    expect(stopped.wait?.words).toBe('Waits for party custody');
    expect(stopped.waitsFor).toBe('Waits for party custody');
    expect(stopped.keyWork).toMatchObject({
      state: 'stopped',
      rounds: { done: 0, of: 6 },
      answers: { have: ['control', 'recovery'], open: ['custody'] },
      pairs: null,
      stop: { party: 'custody' },
    });
    const queue = valueOf(await listQueue(desk.people.marek.actor, desk.context));
    expect(queue.find(({ id }) => id === operation)?.waitsFor).toBe('Waits for party custody');
    // While the parties are at it again, what stopped them before is said no more.
    const where = { operationId: operation };
    const { keyWork } = await desk.owner.operationProgress.findUniqueOrThrow({ where });
    const running = { ...(keyWork as object), round: 'deal', stopped: null };
    await desk.owner.operationProgress.update({ where, data: { keyWork: running } });
    const again = await view(operation);
    expect([again.wait, again.waitsFor]).toEqual([null, 'The parties make the key']);
    desk.parties.custody.isReachable = true;
    expect(await advance(desk, operation)).toBe('done');
    const done = await view(operation);
    expect(done.wait).toBeNull();
    expect(done.keyWork).toMatchObject({
      state: 'through',
      rounds: { done: 6, of: 6 },
      stop: null,
    });
  });

  it('that is asked again to no effect is not written down again', async () => {
    const operation = await statedCeremony('hot-silent');
    desk.parties.recovery.isReachable = false;
    await advance(desk, operation);
    const first = await desk.owner.operationProgress.findUnique({
      where: { operationId: operation },
    });
    desk.passTime(5_000);
    await advance(desk, operation);
    expect(
      await desk.owner.operationProgress.findUnique({ where: { operationId: operation } }),
    ).toEqual(first);
    desk.parties.recovery.isReachable = true;
  });

  it('is written down round by round while it runs, for whoever opens the page then', async () => {
    const operation = await statedCeremony('hot-live');
    const roundNow = async (): Promise<string | null> => {
      const where = { operationId: operation };
      const row = await desk.owner.operationProgress.findUnique({ where });
      return keyWorkOn(row?.keyWork, 1)?.round ?? null;
    };
    // No party is asked in a round before the record has it.
    const seen: string[] = [];
    const recorded = new Map<object, Promise<void>>();
    const record = async (): Promise<void> => {
      await expect.poll(roundNow).not.toBe(seen.at(-1) ?? null);
      seen.push((await roundNow()) ?? '');
    };
    const watched = (client: PartyClient): PartyClient => ({
      ...client,
      call: async (method, request) => {
        if (!recorded.has(method)) recorded.set(method, record());
        await recorded.get(method);
        return client.call(method, request);
      },
    });
    const { parties } = desk.worker;
    desk.worker.parties = parties.map(watched);
    expect(await advance(desk, operation)).toBe('done');
    desk.worker.parties = parties;
    expect(seen).toEqual(['begin', 'reveal', 'deal', 'finish', 'confirm', 'activate']);
  });

  it('ends as it would where nothing of it can be written down', async () => {
    const operation = await statedCeremony('hot-unwritten');
    await desk.owner
      .$executeRaw`revoke insert, update on operation_progress from countersign_worker`;
    expect(await advance(desk, operation)).toBe('done');
    await desk.owner.$executeRaw`grant insert, update on operation_progress to countersign_worker`;
    expect((await view(operation)).keyWork).toBeNull();
  });
});
