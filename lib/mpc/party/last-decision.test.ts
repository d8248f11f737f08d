import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { handNo, partyStatus, presentOperation } from '../client/party-client.ts';
import { must, type Vault } from '../testing/custody.ts';
import { openLocalCustody, openLocalVault, type LocalCustody } from '../testing/in-process.ts';
import { withdrawalIntent } from '../testing/organisation.ts';
import { note, noteRefusal } from './party.ts';

describe('the last decision that a party tells', () => {
  let custody: LocalCustody;
  let vault: Vault;
  beforeAll(async () => {
    custody = openLocalCustody();
    vault = await openLocalVault(custody);
  });
  afterAll(() => custody.remove());

  const last = async () => must(await partyStatus(custody.parties[0].client)).lastDecision;

  test('names the operation, what came of it and when', async () => {
    const { party, client } = custody.parties[0];
    const intent = withdrawalIntent(vault.destination);
    must(await handNo(client, custody.organisation.say('cora', 'reject', intent)));
    const { operation } = intent;
    expect(await last()).toEqual({
      at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      event: 'stopped',
      operation,
      refusal: null,
    });
    party.database.commit(() => noteRefusal(party, operation, null, 'everything-frozen'));
    expect(await last()).toMatchObject({
      event: 'refused',
      operation,
      refusal: 'everything-frozen',
    });
  });

  test('is not one that only was looked at, and none without an operation', async () => {
    const { party, client } = custody.parties[0];
    const before = await last();
    const intent = withdrawalIntent(vault.destination);
    const statements = [custody.organisation.say('raisa', 'raise', intent)];
    must(await presentOperation(client, { bundle: { intent, statements } }));
    party.database.commit(() => note(party, { event: 'refused', refusal: 'request-malformed' }));
    party.database.commit(() => note(party, { event: 'code-shown', operation: intent.operation }));
    expect(await last()).toEqual(before);
  });
});
