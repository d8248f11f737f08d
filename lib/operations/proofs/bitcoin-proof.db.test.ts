/** The key of a taproot vault answers for a snapshot: from the ceremony to the file for everybody. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import { createSolanaClient } from '#lib/chains/solana/client.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { creditDeposit } from '#lib/ledger/credit-deposit.ts';
import { freshKey } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { verifyControls } from '#lib/verify/verify-controls.ts';
import { orderTrip } from '../cold/order-trip.ts';
import { prepareKeyCeremony } from '../prepare-key-ceremony.ts';
import { bringBack, carryCeremonyOf, documentsOut, siteOf } from '../testing/carry-trips.ts';
import { signAtSite } from '../testing/cold-sites.ts';
import { advance, decide, openPartyDesk, stateAll, type PartyDesk } from '../testing/party-desk.ts';
import { startBitcoin, type BitcoinChain } from '../testing/running-chains.ts';
import { prepareProofOfControl } from './prepare-proof-of-control.ts';
import { requestSnapshot } from './request-snapshot.ts';
import { takeSnapshot } from './take-snapshot.ts';
import { viewPublication } from './view-publication.ts';
import { viewSnapshot } from './view-snapshot.ts';

const vault = 'hot-btc';
let chain: BitcoinChain;
let desk: PartyDesk;

beforeAll(async () => {
  chain = await startBitcoin();
  await chain.control.mine(3);
  desk = await openPartyDesk(
    { nodes: { bitcoin: [`esplora:${chain.url}`] } },
    {
      // Nobody answers there: no vault lies on Solana, so nothing is asked of it.
      solana: createSolanaClient('http://127.0.0.1:1'),
      feePayer: freshKey(),
      bitcoin: chain.node,
    },
    { hasCold: true },
  );
  const form = { operation: randomUUID(), vault, name: 'Hot', tier: 'hot', chain: BITCOIN_REGTEST };
  const prepared = await prepareKeyCeremony(desk.people.ada.actor, form, desk.context);
  const made = await stateAll(desk, prepared);
  valueOf(await decide(desk, 'sofia', made, 'cosign'));
  if ((await advance(desk, made)) !== 'done') throw new Error('The key was not made.');
  await desk.owner.client.create({ data: { id: 'C-1001' } });
  const paid = { chain: BITCOIN_REGTEST, txid: 'deposit-1', vault, client: 'C-1001' };
  valueOf(await creditDeposit(desk.worker.db, { ...paid, asset: 'BTC', amount: 70_000n }));
}, 60_000);
afterAll(async () => {
  await desk.close();
  await chain.close();
});

it('is signed by the parties as BIP322, kept as its witness, and verifies without the console', async () => {
  const { ada, lena } = desk.people;
  const { snapshot } = valueOf(await requestSnapshot(ada.actor, desk.context));
  await takeSnapshot(desk.worker);
  const form = { operation: randomUUID(), snapshot, vault };
  const prepared = await prepareProofOfControl(ada.actor, form, desk.context);
  const operation = await stateAll(desk, prepared);
  expect(await advance(desk, operation)).toBe('done');

  const publication = valueOf(
    await viewPublication(lena.actor, { snapshot, for: 'everybody' }, desk.context),
  );
  expect(publication.controls).toMatchObject([
    { signature: expect.stringMatching(/^smpAU/) as string },
  ]);
  expect(verifyControls(publication)).toMatchObject({ ok: true, proved: [vault], unproved: [] });
  const [block] = publication.snapshot.blocks;
  const tip = await desk.worker.bitcoin?.tip();
  const depth = (tip?.height ?? 0) - (block?.height ?? 0) + 1;
  expect(depth).toBe(chainFacts(BITCOIN_REGTEST).confirmations);

  const { signature } = await desk.owner.controlProof.findFirstOrThrow();
  expect(signature).toHaveLength(66);
  const view = valueOf(await viewSnapshot(lena.actor, snapshot, desk.context));
  expect(view.reserves).toMatchObject([{ vault, signature: { verifies: true, operation } }]);
  expect(view.coverage).toMatchObject([{ asset: 'BTC', cover: 'equal', proved: '0.00070000' }]);

  // Everybody's file keeps clients' balances off the chain unreadable; the one for auditors has the key.
  const audited = { snapshot, for: 'auditors' } as const;
  const forAuditors = valueOf(await viewPublication(lena.actor, audited, desk.context));
  const { publicKey } = await desk.owner.mpcKey.findFirstOrThrow();
  expect(JSON.stringify(publication)).not.toContain(publicKey);
  expect(forAuditors).toMatchObject({ ...publication, keys: [{ vault, publicKey }] });
  expect(verifyControls(forAuditors)).toMatchObject({ ok: true });
  expect(await desk.owner.auditEntry.count({ where: { kind: 'snapshot-keys-read' } })).toBe(1);
  const reader = { ...ada.actor, scopes: new Set(['ledger:read'] as const) };
  expect(await viewPublication(reader, audited, desk.context)).toMatchObject({
    refusal: { code: 'not-allowed' },
  });
});

it('is signed for a cold taproot vault by a trip, as for any other', async () => {
  const { ada, marek, lena } = desk.people;
  const cold = 'cold-btc';
  const form = { vault: cold, name: 'Cold', tier: 'cold', chain: BITCOIN_REGTEST };
  const ceremony = { operation: randomUUID(), ...form };
  const made = await stateAll(desk, await prepareKeyCeremony(ada.actor, ceremony, desk.context));
  valueOf(await decide(desk, 'sofia', made, 'cosign'));
  await advance(desk, made);
  await carryCeremonyOf(desk, made);
  const paid = { chain: BITCOIN_REGTEST, txid: 'deposit-2', vault: cold, client: 'C-1001' };
  valueOf(await creditDeposit(desk.worker.db, { ...paid, asset: 'BTC', amount: 90_000n }));
  // The books close by the database's clock, and the first snapshot's close must be older than what is asked.
  desk.passTime(Date.now() - desk.context.clock().getTime());
  const { snapshot } = valueOf(await requestSnapshot(ada.actor, desk.context));
  await takeSnapshot(desk.worker);
  const raise = { operation: randomUUID(), snapshot, vault: cold };
  const operation = await stateAll(
    desk,
    await prepareProofOfControl(ada.actor, raise, desk.context),
  );
  expect(await advance(desk, operation)).toBe('signing');
  valueOf(await orderTrip(marek.actor, { operation, party: 'cold-a' }, desk.context));
  expect(await advance(desk, operation)).toBe('signing');
  const [out] = await documentsOut(desk, operation);
  if (!out) throw new Error('No document left.');
  const answer = signAtSite(siteOf(desk, 'cold-a'), out.document, desk.people.jonas);
  valueOf(await bringBack(desk, out.id, answer.text));
  expect(await advance(desk, operation)).toBe('done');
  const asked = { snapshot, for: 'everybody' } as const;
  const publication = valueOf(await viewPublication(lena.actor, asked, desk.context));
  expect(verifyControls(publication)).toMatchObject({ proved: [cold], unproved: [vault] });
});
