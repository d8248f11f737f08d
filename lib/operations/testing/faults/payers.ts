/** Vaults, destinations and withdrawals made by the people of a desk, as many as a test wants. */
import { randomUUID } from 'node:crypto';
import { valueOf } from '#lib/identity/testing/people.ts';
import { prepareDestination } from '../../prepare-destination.ts';
import { prepareKeyCeremony } from '../../prepare-key-ceremony.ts';
import { prepareWithdrawal } from '../../prepare-withdrawal.ts';
import { advance, decide, stateAll, type PartyDesk } from '../party-desk.ts';

const asking = (desk: PartyDesk) => desk.people.ada.actor;

export async function makeHotVault(desk: PartyDesk, vault: string, chain: string): Promise<void> {
  const prepared = await prepareKeyCeremony(
    asking(desk),
    { operation: randomUUID(), vault, name: vault, tier: 'hot', chain },
    desk.context,
  );
  const operation = await stateAll(desk, prepared);
  valueOf(await decide(desk, 'sofia', operation, 'cosign'));
  const state = await advance(desk, operation);
  if (state !== 'done') throw new Error(`The key of ${vault} is ${state}.`);
}

/** @returns the id of the listed destination, its delays over. */
export async function listDestination(
  desk: PartyDesk,
  of: { client: string; chain: string; asset: string; address: string },
): Promise<string> {
  const prepared = await prepareDestination(
    asking(desk),
    { operation: randomUUID(), ...of, label: 'Exchange', class: 'exchange' },
    desk.context,
  );
  const operation = await stateAll(desk, prepared);
  for (let turn = 0; turn < 3; turn += 1) {
    if ((await advance(desk, operation)) === 'done') break;
    desk.passTime(10_000);
  }
  const { client, address, asset } = of;
  const row = await desk.owner.destination.findFirstOrThrow({
    where: { clientId: client, address, asset },
  });
  desk.passTime(10_000);
  return row.id;
}

/** Raised, approved and co-signed. @returns the operation's id. */
export async function askToPay(
  desk: PartyDesk,
  of: { client: string; vault: string; destination: string; asset: string; amount: string },
): Promise<string> {
  const prepared = await prepareWithdrawal(
    asking(desk),
    { operation: randomUUID(), ...of, memo: '', reason: 'Asked for by the client' },
    desk.context,
  );
  if (!prepared.ok || prepared.value.outcome !== 'sign')
    throw new Error(prepared.ok ? 'Raised before.' : prepared.refusal.sentence);
  return stateAll(desk, { ok: true, value: { request: prepared.value.request } });
}
