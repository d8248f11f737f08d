import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { askVaultReceipt, type PartyClient } from '#lib/mpc/client/party-client.ts';
import { must } from '#lib/mpc/testing/custody.ts';
import { signBytes } from '#lib/mpc/wire/identity.ts';
import type { RpcMethod } from '#lib/mpc/wire/rpc.ts';
import { sqlStateOf } from '#lib/platform/db/transaction.ts';
import { digestOf } from '#lib/protocol/intent.ts';
import type { OwnVault } from '#lib/protocol/policy.ts';
import { receiptBytes } from '#lib/protocol/vault-proof.ts';
import type { SignedVaultReceipt } from '#lib/protocol/vault-receipt.ts';
import { freshKey } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { beginDraft } from '../policy/begin-draft.ts';
import { preparePolicyChange } from '../policy/prepare-policy-change.ts';
import { saveDraft } from '../policy/save-draft.ts';
import { viewDraft, type DraftView } from '../policy/view-draft.ts';
import { prepareKeyCeremony } from '../prepare-key-ceremony.ts';
import { carryCeremonyOf } from '../testing/carry-trips.ts';
import { advance, decide, openPartyDesk, stateAll, type PartyDesk } from '../testing/party-desk.ts';
import { prepareVaultTransfer } from '../transfers/prepare-vault-transfer.ts';
import { loadTrust } from '../trust.ts';
import { ReceiptDesk } from './receipt-desk.ts';

let desk: PartyDesk;
let receipts: ReceiptDesk;
/** Documents that a hostile worker kept. */
const bad: string[] = [];

async function stateVault(vault: string, tier: 'hot' | 'cold'): Promise<string> {
  const form = { operation: randomUUID(), vault, name: vault, tier, chain: 'solana:sandbox' };
  const prepared = await prepareKeyCeremony(desk.people.ada.actor, form, desk.context);
  const operation = await stateAll(desk, prepared);
  valueOf(await decide(desk, 'sofia', operation, 'cosign'));
  return operation;
}

async function look(parties: readonly PartyClient[] = desk.worker.parties): Promise<string[]> {
  desk.passTime(11_000);
  await receipts.look({ ...desk.worker, parties });
  const rows = await desk.owner.vaultReceipt.findMany({
    where: { document: { notIn: bad } },
    orderBy: [{ keyId: 'asc' }, { party: 'asc' }],
  });
  return [...new Set(rows.map(({ keyId, party }) => `${keyId} ${party}`))];
}

/** As a worker in an attacker's hands could write it. */
async function forge(keyId: string, party: string, document: string): Promise<void> {
  bad.push(document);
  const digest = createHash('sha256').update(document).digest('hex');
  const keptAt = new Date('2999-01-01T00:00:00Z');
  await desk.worker.db.vaultReceipt.create({ data: { keyId, party, digest, document, keptAt } });
}

let drafts = 0;
async function draft(): Promise<DraftView> {
  drafts += 1;
  const { actor } = desk.people.ada;
  const { id } = valueOf(await beginDraft(actor, { name: `Draft ${drafts}` }, desk.context));
  return valueOf(await viewDraft(actor, id, desk.context));
}

/** The draft with these own vaults, as the editor saves it. */
async function naming({ id, policy, revision, baseVersion }: DraftView, ownVaults: OwnVault[]) {
  const { actor } = desk.people.ada;
  const document = JSON.stringify({ ...policy, ownVaults });
  valueOf(await saveDraft(actor, { id, revision, baseVersion, document }, desk.context));
  return preparePolicyChange(
    actor,
    { operation: randomUUID(), draft: id, revision: revision + 1 },
    desk.context,
  );
}

const namable = async (vault: string) => {
  const found = (await draft()).namable.find((of) => of.vault === vault);
  return found ?? expect.fail(vault);
};
const entryOf = async (vault: string): Promise<OwnVault> =>
  (await namable(vault)).entry ?? expect.fail(vault);

beforeAll(async () => {
  desk = await openPartyDesk({}, undefined, { hasCold: true });
  receipts = new ReceiptDesk();
  const end = await advance(desk, await stateVault('hot-1', 'hot'));
  if (end !== 'done') throw new Error(end);
  await carryCeremonyOf(desk, await stateVault('cold-1', 'cold'));
}, 120_000);
afterAll(() => desk.close());

describe('the word of holders about their vaults', () => {
  it('is not there before anybody asked, and the editor says who is to be asked and visited', async () => {
    expect(await namable('hot-1')).toMatchObject({
      entry: null,
      lacks:
        '2 of the 3 parties that hold its key must vouch for its address, and none has so far. control, custody and recovery give their word by themselves within seconds of being on.',
    });
    expect((await namable('cold-1')).lacks).toContain(
      'The site of cold-a or cold-b is to be visited: the answer of any trip brings its word back.',
    );
  });

  it('is not there either where rows of a hostile worker hold nothing readable, or what no holder says', async () => {
    const [control] = desk.worker.parties;
    if (!control) throw new Error('three parties');
    const { receipt } = must(await askVaultReceipt(control, 'key-hot-1'));
    const other = { ...receipt, address: freshKey().address };
    const { identity } = desk.parties.control.local.party;
    const signature = signBytes(identity, receiptBytes(other));
    await forge(
      'key-hot-1',
      'control',
      JSON.stringify({ receipt: other, party: 'control', signature }),
    );
    await forge('key-hot-1', 'control', JSON.stringify({ receipt, party: 'control', signature }));
    await forge('key-hot-1', 'custody', '{}');
    await forge('key-cold-1', 'control', 'no JSON');
    expect((await namable('hot-1')).lacks).toContain('none has so far');
    expect((await namable('cold-1')).lacks).toContain('none has so far');
  });

  it('of a cold one is found behind answers that the web process wrote in front of the one that was taken', async () => {
    const web = desk.database.connect('web');
    for (const party of ['cold-a', 'cold-b']) {
      const like = await desk.owner.coldDocument.findFirstOrThrow({ where: { party } });
      const { tripId, kind, leg, step, document, fileName, madeAt, expiresAt } = like;
      for (let place = 0; place < 4; place += 1) {
        const digest = createHash('sha256').update(`${party} ${place}`).digest('hex');
        const row = { tripId, party, kind, leg, step, document, fileName, madeAt, expiresAt };
        const { id } = await desk.worker.db.coldDocument.create({ data: { ...row, digest } });
        await web.coldDocument.update({
          where: { id },
          data: {
            answer: `none ${place}`,
            answerDigest: digest,
            answeredBy: desk.people.ada.actor.personId,
            answeredAt: new Date('2999-01-01T00:00:00Z'),
          },
          select: { id: true },
        });
      }
    }
    expect(await look([])).toEqual(['key-cold-1 cold-a', 'key-cold-1 cold-b']);
  });

  it('is not kept when another party signed it, nor when it is about another address than the one on record', async () => {
    const [control, custody] = desk.worker.parties;
    if (!control || !custody) throw new Error('three parties');
    const { signature, receipt } = must(await askVaultReceipt(custody, 'key-hot-1'));
    const other = { ...receipt, address: freshKey().address };
    const { identity } = desk.parties.control.local.party;
    const lies: SignedVaultReceipt[] = [
      { receipt, party: 'control', signature },
      { receipt: other, party: 'control', signature: signBytes(identity, receiptBytes(other)) },
    ];
    for (const lie of lies) {
      const liar: PartyClient = {
        ...control,
        call: <Q, A>({ answer }: RpcMethod<Q, A>) =>
          Promise.resolve({ ok: true as const, value: answer.parse(lie) }),
      };
      expect((await look([liar])).filter((row) => row.startsWith('key-hot-1'))).toEqual([]);
    }
  });

  it('is kept once of each: what parties with a network say, and what cold ones said in answers brought before', async () => {
    const all = [
      'key-cold-1 cold-a',
      'key-cold-1 cold-b',
      'key-cold-1 control',
      'key-hot-1 control',
      'key-hot-1 custody',
      'key-hot-1 recovery',
    ];
    desk.parties.recovery.isReachable = false;
    expect(await look()).toEqual(all.slice(0, 5));
    desk.parties.recovery.isReachable = true;
    expect(await look()).toEqual(all);
    expect(await look()).toEqual(all);
  });

  it('is kept again where so many bad rows came after it that it is no longer read', async () => {
    const before = await entryOf('hot-1');
    for (const party of ['control', 'custody', 'recovery'])
      for (let place = 0; place < 8; place += 1)
        await forge('key-hot-1', party, `{"bad":"${place} of ${party}"}`);
    expect((await namable('hot-1')).lacks).toContain('none has so far');
    await look();
    expect(await entryOf('hot-1')).toEqual(before);
  });

  it('of a cold one that stays missing costs no reading of the same answers again and again', async () => {
    const key = await desk.owner.mpcKey.findUniqueOrThrow({ where: { id: 'key-cold-1' } });
    const vault = await desk.owner.vault.findUniqueOrThrow({ where: { id: 'cold-1' } });
    const { address } = freshKey();
    const lost = { id: 'key-lost', operationId: randomUUID(), publicKey: 'ab'.repeat(32) };
    await desk.owner.mpcKey.create({ data: { ...key, ...lost } });
    await desk.owner.vault.create({
      data: { ...vault, id: 'lost', name: 'Lost', keyId: 'key-lost', address },
    });
    const all = await look();
    await desk.owner.$executeRawUnsafe('revoke select on cold_document from countersign_worker');
    try {
      await desk.owner.$executeRawUnsafe(
        'grant select (id, xmin, party, answered_at, taken_at) on cold_document to countersign_worker',
      );
      expect(await look()).toEqual(all);
    } finally {
      await desk.owner.$executeRawUnsafe('grant select on cold_document to countersign_worker');
    }
  });

  it('can neither be added to by the web process nor changed by the worker', async () => {
    const web = desk.database.connect('web');
    const digest = createHash('sha256').update('{}').digest('hex');
    const row = { keyId: 'key-hot-1', party: 'cold-a', digest, document: '{}' };
    const tries = [
      () => web.vaultReceipt.create({ data: row }),
      () => desk.worker.db.vaultReceipt.updateMany({ data: { document: '{}' } }),
      () => desk.worker.db.vaultReceipt.deleteMany({}),
    ];
    for (const attempt of tries)
      expect(await attempt().catch((error: unknown) => sqlStateOf(error))).toBe('42501');
    await expect(desk.owner.vaultReceipt.deleteMany({})).rejects.toThrow();
  });
});

/** Of the three parties that hold the hot vault's key two hold no share of the cold one's. */
const sweep = () =>
  prepareVaultTransfer(
    desk.people.ada.actor,
    {
      operation: randomUUID(),
      from: 'hot-1',
      to: 'cold-1',
      asset: 'SOL',
      amount: '3',
      reason: 'Sweep',
    },
    desk.context,
  );

describe('a policy that names own vaults', () => {
  it('is missing where a transfer would need it, which is said before anybody presses a key', async () => {
    expect(await sweep()).toMatchObject({
      refusal: {
        code: 'transfer-destination-unknown',
        sentence: expect.stringContaining('custody and recovery would have to sign'),
      },
    });
  });

  it('can’t be raised without the word of holders, nor with the word about another vault', async () => {
    const { receipts: _, ...bare } = await entryOf('cold-1');
    const other = { ...(await entryOf('hot-1')), address: bare.address, vault: 'cold-1' };
    for (const entry of [bare, other])
      expect(await naming(await draft(), [entry])).toMatchObject({
        refusal: { code: 'draft-unsound', sentence: expect.stringContaining('its key') },
      });
  });

  it('is filled in by the editor with exactly so many as sign together, and every party takes it over', async () => {
    const entries = [await entryOf('cold-1'), await entryOf('hot-1')];
    expect(entries.map((entry) => entry.receipts?.map(({ party }) => party))).toEqual([
      ['control', 'cold-a'],
      ['control', 'custody'],
    ]);
    const operation = await stateAll(desk, await naming(await draft(), entries));
    expect(await advance(desk, operation)).not.toBe('held');
    desk.passTime(6_000);
    expect(await advance(desk, operation)).toBe('done');
    const trust = await loadTrust(desk.owner);
    expect(trust?.policy.ownVaults).toEqual(entries);
    for (const { local } of Object.values(desk.parties))
      expect(digestOf(local.party.trust?.policy)).toBe(trust?.policyDigest);
    // The parties know the place now; what is missing is coins to move.
    expect(await sweep()).toMatchObject({ refusal: { code: 'vault-short' } });
  });

  it('keeps what it names without asking again', async () => {
    const before = await draft();
    const [first] = before.policy.ownVaults ?? [];
    if (!first) throw new Error('two vaults are named');
    // One person may take a vault out, which only tightens; the other entry stays word for word.
    expect(await naming(before, [first])).toMatchObject({ ok: true });
  });
});
