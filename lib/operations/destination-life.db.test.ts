import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTexts } from '#lib/audit/sealed-text.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { createVault, deposit } from '#lib/ledger/testing/books.ts';
import { findDestination } from '#lib/mpc/party/store/destinations.ts';
import { freshKey } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { listDestinations } from './list-destinations.ts';
import { prepareDestination } from './prepare-destination.ts';
import { prepareRecertification } from './prepare-recertification.ts';
import { prepareRemoval } from './prepare-removal.ts';
import { writePerson } from '#lib/persons/write-person.ts';
import { prepareWithdrawal } from './prepare-withdrawal.ts';
import { advance, openPartyDesk, state, stateAll, type PartyDesk } from './testing/party-desk.ts';
import { viewOperation } from './view-operation.ts';

const client = 'C-1001';
const note = 'Signed by the client on 3 November: H3xk…';
let desk: PartyDesk;
let id: string;

beforeAll(async () => {
  desk = await openPartyDesk();
  const { database, owner } = desk;
  await createVault(owner, freshKey().address);
  await owner.client.create({ data: { id: client } });
  const books = { database, owner, web: desk.context.db, worker: desk.worker.db };
  await deposit(books, client, 5_000_000_000n);
});
afterAll(() => desk.close());

const code = (answer: { ok: boolean; refusal?: { code: string } }) => answer.refusal?.code ?? null;
const inDays = (days: number) =>
  new Date(desk.context.clock().getTime() + days * 86_400_000).toISOString();

const list = (extra: object = {}) =>
  prepareDestination(
    desk.people.ada.actor,
    {
      operation: randomUUID(),
      client,
      chain: 'solana:sandbox',
      asset: 'SOL',
      address: freshKey().address,
      label: 'Own wallet',
      class: 'client-wallet',
      evidence: { method: 'signed-message', note },
      ...extra,
    },
    desk.context,
  );

const withdraw = (memo = '') =>
  prepareWithdrawal(
    desk.people.ada.actor,
    {
      operation: randomUUID(),
      client,
      vault: 'warm-1',
      destination: id,
      asset: 'SOL',
      amount: '1',
      memo,
      reason: 'Client asked for it',
    },
    desk.context,
  );

const held = () => {
  const { party } = desk.parties.control.local;
  return findDestination(party.database, party.kek, id);
};
const standing = async () => {
  const all = valueOf(
    await listDestinations(desk.people.ada.actor, { withRemoved: true }, desk.context),
  );
  return all.find((row) => row.id === id)?.standing;
};

describe('a destination', () => {
  it('is listed with its class and evidence, of which only a commitment is signed', async () => {
    const prepared = await list();
    const { destination } = valueOf(prepared).intent;
    ({ id } = destination);
    const operation = await stateAll(desk, prepared);
    expect(await advance(desk, operation)).toBe('done');
    const kept = await desk.owner.operationNote.findFirstOrThrow({
      where: { operationId: operation, kind: 'evidence' },
    });
    expect(kept.commitment).toBe(destination.evidence?.commitment);
    expect(await openTexts('operation_note', [kept])).toEqual([note]);
    expect(JSON.stringify(destination)).not.toContain(note);
    expect(held()?.destination).toMatchObject({
      class: 'client-wallet',
      evidence: destination.evidence,
    });
    const view = valueOf(await viewOperation(desk.people.ada.actor, operation, desk.context));
    expect([view.evidence, view.destination?.class]).toEqual([note, 'client-wallet']);
  });

  it('takes no payment while it cools down', async () => {
    expect(await standing()).toBe('cooling');
    expect(code(await withdraw())).toBe('destination-cooling-down');
    desk.passTime(6_000);
    expect(await standing()).toBe('usable');
    expect(code(await withdraw())).toBeNull();
  });

  it('has no name, and a payment to it no memo, that names somebody we know', async () => {
    const values = { 'full-name': 'Änne Wrobel', 'document-number': 'C01X 00T47' };
    await desk.owner.$transaction((tx) =>
      writePerson(
        tx,
        { id: 'ps-aaaabbbbccccdddd', values },
        { by: 'p-aaaabbbbcc', at: new Date() },
      ),
    );
    expect(code(await list({ label: 'Wallet of Wrobel, Anne' }))).toBe('names-somebody');
    expect(code(await withdraw('for anne wrobel'))).toBe('names-somebody');
    expect(code(await withdraw('passport c01x00t47'))).toBe('names-somebody');
    expect(code(await withdraw('invoice 2026-11'))).toBeNull();
  });

  it('is certified no longer than policy allows', async () => {
    expect(code(await list({ expiresAt: inDays(400) }))).toBe('destination-validity-too-long');
  });

  it('takes no payment after its certification has ended, until it is certified again', async () => {
    desk.passTime(366 * 86_400_000);
    expect(await standing()).toBe('expired');
  });

  it('is certified again without a new cool-down', async () => {
    const listedAt = held()?.listedAt;
    // Everybody's session is over after a year.
    const again = await openAgain();
    expect(await advance(desk, again)).toBe('done');
    expect(await standing()).toBe('usable');
    expect(held()).toMatchObject({ listedAt, destination: { evidence: null } });
    const row = await desk.owner.destination.findUniqueOrThrow({ where: { id } });
    expect([row.certifiedBy, row.evidenceMethod]).toEqual([again, null]);
    expect(code(await withdraw())).toBeNull();
  });

  it('is removed by one person at once, for good', async () => {
    const prepared = await prepareRemoval(
      desk.people.jonas.actor,
      { operation: randomUUID(), destination: id, reason: 'The client lost the wallet.' },
      desk.context,
    );
    const { operation } = valueOf(await state(desk, 'jonas', prepared));
    expect(await standing()).toBe('removed');
    expect(await withdraw()).toMatchObject({
      refusal: {
        code: 'form-invalid',
        sentence:
          'This address was removed from the list, and no party pays it any more. Choose another.',
      },
    });
    expect(await advance(desk, operation)).toBe('done');
    expect(held()?.removedAt).not.toBeNull();
  });
});

async function openAgain(): Promise<string> {
  const prepared = await prepareRecertification(
    desk.people.ada.actor,
    { operation: randomUUID(), destination: id },
    desk.context,
  );
  return stateAll(desk, prepared);
}
