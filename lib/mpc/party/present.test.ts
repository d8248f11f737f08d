import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { intentDigest } from '#lib/protocol/intent.ts';
import { presentOperation } from '../client/party-client.ts';
import { must, randomNonce, transferFor, type Vault } from '../testing/custody.ts';
import { openLocalCustody, openLocalVault, type LocalCustody } from '../testing/in-process.ts';
import { withdrawalIntent } from '../testing/organisation.ts';
import { latestAudit } from './store/audit.ts';
import { countPresented, findPresented, listPresented } from './store/presented.ts';

describe('an operation that is shown to a party early', () => {
  let custody: LocalCustody;
  let vault: Vault;
  beforeAll(async () => {
    custody = openLocalCustody();
    vault = await openLocalVault(custody);
  });
  afterAll(() => custody.remove());

  const at = () => custody.parties[0];
  function raised(
    changes: Parameters<LocalCustody['organisation']['say']>[3] = {},
  ): OperationBundle {
    const intent = withdrawalIntent(vault.destination);
    return { intent, statements: [custody.organisation.say('raisa', 'raise', intent, changes)] };
  }

  test('is kept with its raise alone, and shown as it changes', async () => {
    const { party, client } = at();
    const bundle = raised();
    const first = must(await presentOperation(client, { bundle }));
    expect(first).toMatchObject({
      operation: bundle.intent.operation,
      intentDigest: intentDigest(bundle.intent),
    });
    expect(must(await presentOperation(client, { bundle }))).toEqual(first);
    const approve = custody.organisation.say('adam', 'approve', bundle.intent);
    const transaction = transferFor(vault, bundle.intent, randomNonce());
    const more = { ...bundle, statements: [...bundle.statements, approve] };
    must(await presentOperation(client, { bundle: more, transaction }));
    const kept = findPresented(party.database, bundle.intent.operation);
    expect(kept?.bundle.statements).toHaveLength(2);
    expect(kept?.transaction?.chain).toBe('solana:sandbox');
  });

  test('is not replaced by an earlier attempt of itself', async () => {
    const { party, client } = at();
    const { intent } = raised();
    const attempt = (number: number): OperationBundle => ({
      intent,
      statements: [custody.organisation.say('raisa', 'raise', intent, { attempt: number })],
    });
    must(await presentOperation(client, { bundle: attempt(2) }));
    must(await presentOperation(client, { bundle: attempt(1) }));
    const kept = findPresented(party.database, intent.operation);
    expect(kept?.bundle.statements[0]?.statement.attempt).toBe(2);
  });

  test('leaves no trace where it is not proven', async () => {
    const { party, client } = at();
    const [before, entries] = [countPresented(party.database), latestAudit(party.database, 1)];
    const { intent, statements } = raised();
    const other = { ...intent, operation: raised().intent.operation };
    const hostile: [OperationBundle, string][] = [
      [
        { intent, statements: [custody.organisation.say('adam', 'approve', intent)] },
        'raise-missing',
      ],
      [{ intent: other, statements }, 'wrong-operation'],
      [{ intent: { ...intent, amount: '1' } as typeof intent, statements }, 'digest-mismatch'],
    ];
    for (const [bundle, refusal] of hostile)
      expect(await presentOperation(client, { bundle })).toMatchObject({ refusal });
    expect(countPresented(party.database)).toBe(before);
    expect(latestAudit(party.database, 1)).toEqual(entries);
  });

  test('makes room for newer ones: never more than five hundred are kept', async () => {
    const { party, client } = at();
    const first = raised();
    must(await presentOperation(client, { bundle: first }));
    for (let turn = 0; turn < 500; turn += 1) {
      custody.clock.ahead += 1000;
      must(await presentOperation(client, { bundle: raised() }));
    }
    expect(countPresented(party.database)).toBe(500);
    expect(findPresented(party.database, first.intent.operation)).toBeNull();
    const [newest, next] = listPresented(party.database, { limit: 2, skip: 0 });
    expect((newest?.seenAt ?? '') > (next?.seenAt ?? '')).toBe(true);
  });
});
