import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { freshKey } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { prepareDestination } from './prepare-destination.ts';
import { prepareRecertification } from './prepare-recertification.ts';
import { prepareRemoval } from './prepare-removal.ts';
import {
  advance,
  decide,
  openPartyDesk,
  state,
  stateAll,
  type PartyDesk,
} from './testing/party-desk.ts';
import { viewDestination } from './view-destination.ts';

let desk: PartyDesk;
beforeAll(async () => {
  desk = await openPartyDesk();
  await desk.owner.client.create({ data: { id: 'C-1001' } });
});
afterAll(() => desk.close());

it('tells of a listed address what showed whose it is, its cool-down and what was done about it', async () => {
  const { actor } = desk.people.ada;
  const prepared = await prepareDestination(
    actor,
    {
      operation: randomUUID(),
      client: 'C-1001',
      chain: 'solana:sandbox',
      asset: 'SOL',
      address: freshKey().address,
      label: 'Own wallet',
      class: 'client-wallet',
      evidence: { method: 'visit', note: 'Shown on 3 March' },
    },
    desk.context,
  );
  const operation = await stateAll(desk, prepared);
  expect(await advance(desk, operation)).toBe('done');
  const { id } = valueOf(prepared).intent.destination;
  const record = valueOf(await viewDestination(actor, id, desk.context));
  expect(record).toMatchObject({
    standing: 'cooling',
    class: 'client-wallet',
    evidenceMethod: 'visit',
    evidence: 'Shown on 3 March',
    timesUsed: 0,
    remove: { allowed: true },
    isDue: false,
    pending: null,
    certify: { allowed: true },
  });
  // It is on the list itself, which is no second entry of the same address.
  expect(record.unusual?.found).toEqual([]);
  expect(record.operations.map((one) => one.id)).toEqual([operation]);
});

it('says when its certification ends soon, and which operation certifies it again', async () => {
  const { actor } = desk.people.ada;
  const { id } = await desk.owner.destination.findFirstOrThrow({ where: { state: 'listed' } });
  const soon = new Date(desk.context.clock().getTime() + 29 * 86_400_000).toISOString();
  const certify = () =>
    prepareRecertification(
      actor,
      { operation: randomUUID(), destination: id, expiresAt: soon },
      desk.context,
    );
  const [prepared, second] = [await certify(), await certify()];
  expect(valueOf(prepared).unusual.found).toEqual([]);
  const { operation, number } = valueOf(await state(desk, 'ada', prepared));
  const view = async () => valueOf(await viewDestination(actor, id, desk.context));
  expect(await view()).toMatchObject({
    isDue: false,
    pending: { id: operation, number, state: 'raised' },
    certify: { allowed: false, sentence: `${number} is certifying it already.` },
  });
  expect(await certify()).toMatchObject({ refusal: { code: 'certification-raised' } });
  // What was prepared before the first one was raised comes too late as well.
  expect(await state(desk, 'ada', second)).toMatchObject({
    refusal: {
      code: 'certification-raised',
      sentence: `${number} is certifying this address already.`,
    },
  });
  valueOf(await decide(desk, 'marek', operation, 'approve'));
  valueOf(await decide(desk, 'ines', operation, 'cosign'));
  expect(await advance(desk, operation)).toBe('done');
  expect(await view()).toMatchObject({ isDue: true, pending: null, certify: { allowed: true } });
});

it('is not certified again by a statement that was prepared before it was removed', async () => {
  const { actor } = desk.people.ada;
  const { id } = await desk.owner.destination.findFirstOrThrow({ where: { state: 'listed' } });
  const prepared = await prepareRecertification(
    actor,
    { operation: randomUUID(), destination: id },
    desk.context,
  );
  const removal = { operation: randomUUID(), destination: id, reason: 'The client lost it.' };
  valueOf(
    await state(
      desk,
      'jonas',
      await prepareRemoval(desk.people.jonas.actor, removal, desk.context),
    ),
  );
  expect(await state(desk, 'ada', prepared)).toMatchObject({
    refusal: { code: 'destination-removed' },
  });
});

it('is refused to who may read no operation, and for an id that names nothing', async () => {
  const { actor } = desk.people.ada;
  const blind = { ...actor, scopes: new Set<never>() };
  expect(await viewDestination(blind, 'd-1', desk.context)).toMatchObject({
    refusal: { code: 'not-allowed' },
  });
  for (const id of ['d-1', '../x', ''])
    expect(await viewDestination(actor, id, desk.context)).toMatchObject({
      refusal: { code: 'destination-unknown' },
    });
});
