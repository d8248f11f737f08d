/** What somebody takes with them to another custodian: what they provided, and what their use of the service made. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { valueOf } from '#lib/identity/testing/people.ts';
import { writeValues } from '#lib/persons/write-person.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import {
  built,
  clientId,
  collected,
  noted,
  openPackagesDesk,
  textOf,
  unzipped,
  zipOf,
  type PackagesDesk,
} from '../testing/package-desk.ts';
import { portabilityPackage } from './package-schema.ts';
import { readPreview } from './read-preview.ts';

let desk: PackagesDesk;
beforeAll(async () => {
  desk = await openPackagesDesk();
  await noted(desk, 'The usual payment to the exchange.');
  const at = desk.context.clock();
  await desk.owner.$executeRaw`alter table destination disable trigger all`;
  await desk.owner.destination.create({
    data: {
      id: 'destination-1',
      clientId,
      chain: 'solana:sandbox',
      asset: 'SOL',
      address: '7Np41oeYqPefeNQEHSv1UDhYrehxin3NStELsSKCT4K2',
      label: 'Exchange',
      class: 'exchange',
      state: 'proposed',
      expiresAt: at,
    },
  });
  await desk.owner.$executeRaw`alter table destination enable trigger all`;
  await inTransaction(desk.web, (tx) =>
    writeValues(
      tx,
      {
        id: desk.subject,
        values: { iban: 'DE89370400440532013000', 'risk-class': 'Low', occupation: 'Engineer' },
      },
      { by: desk.people.dora.actor.personId, at: desk.context.clock(), reference: null },
    ),
  );
});
afterAll(() => desk.close());

async function ported() {
  const { id } = await collected(desk, { right: 'portability' });
  await built(desk, id);
  const files = unzipped(await zipOf(desk, id));
  const json: unknown = JSON.parse(textOf(files['your-data.json']));
  return { id, files, json, document: portabilityPackage.parse(json) };
}

it('has the values that were provided on consent or contract, and no other', async () => {
  const { files, document } = await ported();
  expect(Object.keys(files)).toEqual([
    'your-data.json',
    'your-data.schema.json',
    'your-data.csv',
    'movements.csv',
    'SHA256SUMS.txt',
  ]);
  expect(document.values.map(({ field }) => field)).toEqual(['email', 'iban']);
  expect(textOf(files['your-data.csv'])).toContain('DE89370400440532013000');
});

it('has every movement and operation that the person caused, and nothing that was made of them here', async () => {
  const { id, files, document, json } = await ported();
  expect(document.ledger).toHaveLength(1);
  expect(document.ledger[0]).toMatchObject({ asset: 'SOL', amount: '5000000000', decimals: 9 });
  expect(document.operations).toHaveLength(1);
  expect(document.operations[0]?.kind).toBe('withdrawal');
  expect(textOf(files['movements.csv']).trim().split('\r\n')).toHaveLength(2);
  const { address } = document.destinations[0] ?? {};
  expect([document.destinations.length, address]).toEqual([
    1,
    '7Np41oeYqPefeNQEHSv1UDhYrehxin3NStELsSKCT4K2',
  ]);
  // Who approved is what the custodian did, and no data of the person.
  expect(JSON.stringify(json)).not.toContain('approvals');
  expect(JSON.stringify(json)).not.toContain('operator');
  const { items } = valueOf(await readPreview(desk.people.dora.actor, { id }, desk.context));
  expect(items.find(({ about }) => about === 'Ledger')).toMatchObject({ take: 'in', records: 1 });
});

it('is valid by the schema that goes with it, which another controller reads it by', async () => {
  const { files, json } = await ported();
  const schema = JSON.parse(textOf(files['your-data.schema.json'])) as Parameters<
    typeof z.fromJSONSchema
  >[0];
  const published = z.fromJSONSchema(schema);
  expect(published.safeParse(json).error).toBeUndefined();
  expect(published.safeParse({ ...(json as object), ledger: [{}] }).success).toBe(false);
});
