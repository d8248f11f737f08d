/** A chain, three parties and one vault with clients' coins in it, of which snapshots are made. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSolanaClient } from '#lib/chains/solana/client.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { creditDeposit } from '#lib/ledger/credit-deposit.ts';
import { startSandbox } from '#lib/sandbox/solana/testing/sandbox-process.ts';
import { freshKey } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { prepareKeyCeremony } from '../../prepare-key-ceremony.ts';
import {
  advance,
  decide,
  openPartyDesk,
  stateAll,
  type PartyDesk,
} from '../../testing/party-desk.ts';
import { requestSnapshot } from '../request-snapshot.ts';
import { takeSnapshot } from '../take-snapshot.ts';

export type ProofDesk = PartyDesk & {
  /** Credits what came into the vault; to nobody known where the client is null. */
  pay: (client: string | null, amount: bigint) => Promise<void>;
  /** Asks for a snapshot and has it made. @returns its id. */
  newSnapshot: () => Promise<string>;
};

/** @param amounts in lamports, by client. */
export async function openProofDesk(
  vault: string,
  amounts: Readonly<Record<string, bigint>>,
): Promise<ProofDesk> {
  const data = mkdtempSync(join(tmpdir(), 'cs-proofs-'));
  const chain = await startSandbox({ data });
  const solana = createSolanaClient(chain.url);
  const desk = await openPartyDesk({}, { solana, feePayer: freshKey() });
  const form = { operation: randomUUID(), vault, name: 'Warm 1', tier: 'warm' };
  const ceremony = { ...form, chain: 'solana:sandbox' };
  const made = await stateAll(
    desk,
    await prepareKeyCeremony(desk.people.ada.actor, ceremony, desk.context),
  );
  valueOf(await decide(desk, 'sofia', made, 'cosign'));
  if ((await advance(desk, made)) !== 'done') throw new Error('The key was not made.');
  const pay = async (client: string | null, amount: bigint): Promise<void> => {
    const of = { chain: 'solana:sandbox', txid: randomUUID(), vault, client, asset: 'SOL', amount };
    valueOf(await creditDeposit(desk.worker.db, of));
  };
  await desk.owner.client.createMany({ data: Object.keys(amounts).map((id) => ({ id })) });
  for (const [client, amount] of Object.entries(amounts)) await pay(client, amount);
  return {
    ...desk,
    pay,
    async newSnapshot() {
      const { snapshot } = valueOf(await requestSnapshot(desk.people.ada.actor, desk.context));
      await takeSnapshot(desk.worker);
      return snapshot;
    },
    async close() {
      await desk.close();
      await chain.stop('SIGKILL');
      rmSync(data, { recursive: true, force: true });
    },
  };
}
