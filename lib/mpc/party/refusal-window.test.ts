import { expect, test } from 'vitest';
import { must, randomNonce, transferFor } from '../testing/custody.ts';
import { openLocalCustody, openLocalVault } from '../testing/in-process.ts';
import { withdrawalIntent } from '../testing/organisation.ts';
import { encodeBase64url } from '../wire/encoding.ts';
import { rpc } from '../wire/rpc.ts';
import { latestAudit } from './store/audit.ts';

test('useless requests, however mixed, are written down up to a number an hour, and the rest is counted', async () => {
  const custody = openLocalCustody();
  const vault = await openLocalVault(custody);
  const [{ client, party }] = custody.parties;
  const refused = () => latestAudit(party.database, 10_000).filter((e) => e.event === 'refused');
  const ask = async (intent = withdrawalIntent(vault.destination)) => {
    const { chain, message } = transferFor(vault, intent, randomNonce());
    const statements = custody.organisation.bundle(intent).statements.slice(0, 1);
    const answer = await client.call(rpc.signBegin, {
      bundle: { intent, statements },
      transaction: { chain, message: encodeBase64url(message) },
      quorum: ['control', 'custody'],
    });
    expect(answer).toMatchObject({ refusal: 'own-group-missing' });
    return intent;
  };
  const pair = [await ask(), await ask()];
  for (let turn = 0; turn < 20; turn += 1) await ask(pair[turn % 2]);
  expect(refused()).toHaveLength(2);
  for (let turn = 0; turn < 100; turn += 1) await ask();
  expect(refused()).toHaveLength(64);
  expect(refused().at(-1)?.operation).toBe(pair[0]?.operation);

  // What people stated is kept whatever else was sent.
  const [intent] = pair;
  if (!intent) throw new Error('missing');
  const no = custody.organisation.say('adam', 'reject', intent);
  const statements = [...custody.organisation.bundle(intent).statements, no];
  const { chain, message } = transferFor(vault, intent, randomNonce());
  const transaction = { chain, message: encodeBase64url(message) };
  const quorum = ['control', 'custody'];
  await client.call(rpc.signBegin, { bundle: { intent, statements }, transaction, quorum });
  expect(refused()[0]).toMatchObject({
    refusal: 'rejected-by-person',
    operation: intent.operation,
  });

  custody.clock.ahead = 3_600_000;
  must(await client.call(rpc.status, {}));
  const late = withdrawalIntent(vault.destination);
  const notAfter = new Date(Date.now() + 2 * 3_600_000).toISOString();
  const bundle = { intent: { ...late, notAfter }, statements: [] };
  await client.call(rpc.signBegin, { bundle, transaction, quorum });
  expect(refused()[1]?.refusal).toBe('58 more refusals in the hour before were not kept.');
  custody.remove();
});
