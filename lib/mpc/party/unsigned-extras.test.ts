import { expect, test } from 'vitest';
import { must, randomAddress } from '../testing/custody.ts';
import { openLocalCustody } from '../testing/in-process.ts';
import { listingIntent } from '../testing/organisation.ts';
import { endpoints } from './rpc-handlers.ts';

test('what nobody signs is taken as browsers send it and kept nowhere, however large or deep', () => {
  const custody = openLocalCustody();
  const [{ party, client }] = custody.parties;
  const adopt = (clientExtensionResults: unknown, inResponse: object = {}) => {
    const destination = {
      id: `d-${randomAddress().slice(0, 8).toLowerCase()}`,
      address: randomAddress(),
    };
    const bundle = custody.organisation.bundle(listingIntent(destination));
    const [raise, ...rest] = bundle.statements;
    const response = { ...raise?.assertion.response, ...inResponse };
    const assertion = { ...raise?.assertion, clientExtensionResults, response };
    const statements = [{ ...raise, assertion }, ...rest];
    // Without the copy through JSON that a client makes: that has a depth of its own.
    const request = { bundle: { ...bundle, statements }, receipts: [] };
    const answer = endpoints.get('/v1/adopt')?.answer(party, request);
    if (!answer) throw new Error('no such method');
    must({ ...answer, party: client.name } as Parameters<typeof must>[0]);
    const row = party.database.one(
      'select document from decrees where operation = ?',
      bundle.intent.operation,
    );
    return String(row?.['document']).length;
  };
  const plain = adopt({});
  let deep: unknown = {};
  for (let level = 0; level < 100_000; level += 1) deep = { deep };
  expect(adopt({ deep })).toBeLessThanOrEqual(plain + 64);
  expect(adopt({ large: 'x'.repeat(3_000_000) })).toBeLessThanOrEqual(plain + 64);
  expect(adopt({ credProps: { rk: true } })).toBeLessThanOrEqual(plain + 64);
  expect(adopt({}, { deep, large: 'x'.repeat(3_000_000) })).toBeLessThanOrEqual(plain + 64);
  custody.remove();
});
