import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSolanaClient } from '#lib/chains/solana/client.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { creditDeposit } from '#lib/ledger/credit-deposit.ts';
import { startSandbox, type SandboxProcess } from '#lib/sandbox/solana/testing/sandbox-process.ts';
import { freshKey } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { verifyControls } from '#lib/verify/verify-controls.ts';
import { orderTrip } from '../cold/order-trip.ts';
import { viewTrip } from '../cold/view-trip.ts';
import { prepareKeyCeremony } from '../prepare-key-ceremony.ts';
import { bringBack, carryCeremonyOf, documentsOut, siteOf } from '../testing/carry-trips.ts';
import { signAtSite } from '../testing/cold-sites.ts';
import { advance, decide, openPartyDesk, stateAll, type PartyDesk } from '../testing/party-desk.ts';
import { prepareProofOfControl } from './prepare-proof-of-control.ts';
import { requestSnapshot } from './request-snapshot.ts';
import { takeSnapshot } from './take-snapshot.ts';
import { viewPublication } from './view-publication.ts';
import { viewSnapshot } from './view-snapshot.ts';

const data = mkdtempSync(join(tmpdir(), 'cs-cold-proof-'));
const vault = 'cold-1';
let chain: SandboxProcess;
let desk: PartyDesk;

beforeAll(async () => {
  chain = await startSandbox({ data });
  const solana = createSolanaClient(chain.url, { timeoutMs: 5_000 });
  desk = await openPartyDesk({}, { solana, feePayer: freshKey() }, { hasCold: true });
  const form = { operation: randomUUID(), vault, name: 'Cold 1', tier: 'cold' };
  const prepared = await prepareKeyCeremony(
    desk.people.ada.actor,
    { ...form, chain: 'solana:sandbox' },
    desk.context,
  );
  const made = await stateAll(desk, prepared);
  valueOf(await decide(desk, 'sofia', made, 'cosign'));
  await advance(desk, made);
  await carryCeremonyOf(desk, made);
  await desk.owner.client.create({ data: { id: 'C-1001' } });
  const paid = { chain: 'solana:sandbox', txid: 'deposit-1', vault, client: 'C-1001' };
  valueOf(await creditDeposit(desk.worker.db, { ...paid, asset: 'SOL', amount: 50n }));
}, 90_000);
afterAll(async () => {
  await desk.close();
  await chain.stop('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

it('a vault in which nothing was ever booked is named beside the snapshot, which has none of it', async () => {
  const { ada, lena } = desk.people;
  const { keyId } = await desk.owner.vault.findUniqueOrThrow({ where: { id: vault } });
  const { address } = freshKey();
  await desk.owner.vault.create({
    data: { id: 'hot-9', name: 'Hot 9', tier: 'hot', chain: 'solana:sandbox', keyId, address },
  });
  const { snapshot } = valueOf(await requestSnapshot(ada.actor, desk.context));
  await takeSnapshot(desk.worker);
  const view = valueOf(await viewSnapshot(lena.actor, snapshot, desk.context));
  expect(view.reserves.map((reserve) => reserve.vault)).toEqual([vault]);
  expect(view.empty).toEqual([
    { vault: 'hot-9', name: 'Hot 9', amounts: [{ asset: 'SOL', amount: '0.000000000' }] },
  ]);
  expect(view.coverage).toMatchObject([{ asset: 'SOL', proved: '0.000000000' }]);
});

it('the key of a cold vault answers for a snapshot once people have carried the text there and back', async () => {
  const { ada, marek, lena } = desk.people;
  const { snapshot } = valueOf(await requestSnapshot(ada.actor, desk.context));
  await takeSnapshot(desk.worker);
  const operation = await stateAll(
    desk,
    await prepareProofOfControl(
      ada.actor,
      { operation: randomUUID(), snapshot, vault },
      desk.context,
    ),
  );
  expect(await advance(desk, operation)).toBe('signing');
  const order = (party: string | null) =>
    orderTrip(marek.actor, { operation, party }, desk.context);
  expect(await order(null)).toMatchObject({ refusal: { code: 'form-invalid' } });
  valueOf(await order('cold-a'));
  expect(await advance(desk, operation)).toBe('signing');
  expect(valueOf(await viewTrip(lena.actor, operation, desk.context))).toMatchObject({
    kind: 'signing',
  });
  const [out] = await documentsOut(desk, operation);
  if (!out) throw new Error('No document left.');
  const answer = signAtSite(siteOf(desk, 'cold-a'), out.document, desk.people.jonas);
  valueOf(await bringBack(desk, out.id, answer.text));
  expect(await advance(desk, operation)).toBe('done');
  const publication = valueOf(
    await viewPublication(lena.actor, { snapshot, for: 'everybody' }, desk.context),
  );
  expect(verifyControls(publication)).toMatchObject({ ok: true, proved: [vault] });
  expect(valueOf(await viewSnapshot(lena.actor, snapshot, desk.context)).coverage).toMatchObject([
    { asset: 'SOL', proved: '0.000000050', inVaults: '0.000000050' },
  ]);
});
