import { createPublicKey, verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { finishColdSigning, prepareColdSigning } from '../client/cold-signing.ts';
import { knowsNothing } from '../client/cold-knowledge.ts';
import {
  bytesOf,
  onlineOf,
  openColdCustody,
  openColdVault,
  pressAt,
  sendOut,
  signAt,
  type ColdCustody,
  type Trip,
} from '../testing/cold-custody.ts';
import { must, type Vault, only } from '../testing/custody.ts';
import { ask, bring, press } from './cold-desk.ts';
import { latestAudit } from './store/audit.ts';
import { tiesOf } from './store/operations.ts';

let custody: ColdCustody;
let vault: Vault;

beforeAll(async () => {
  custody = openColdCustody();
  vault = await openColdVault(custody);
});
afterAll(() => custody.remove());

const now = () => new Date(Date.now() + custody.clock.ahead);
const finish = (trip: Trip, text: string) =>
  finishColdSigning(onlineOf(custody), trip.trip, bytesOf(text), { now: now() });
function verifies({ message }: Trip['transaction'], signature: Uint8Array): boolean {
  const x = Buffer.from(vault.publicKey, 'hex').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, message, key, signature);
}

describe('a signature in one trip', () => {
  test('comes out and verifies under the key of the cold vault, with the key press as evidence', async () => {
    const out = await sendOut(custody, vault);
    const answer = signAt(custody.a, custody, out.text);
    const finished = await finish(out, answer.text);
    if (!finished.ok) throw new Error(finished.refusal);
    expect(finished.value.publicKey).toBe(vault.publicKey);
    expect(verifies(out.transaction, only(finished.value.signatures))).toBe(true);
    expect(finished.value.confirms).toMatchObject([
      { confirm: { party: 'cold-a', person: 'p-coraaaaaaa', operation: out.intent.operation } },
    ]);
    expect(finished.value.knowledge.settlements).toHaveLength(1);
    expect(latestAudit(custody.a.party.database, 6).map(({ event }) => event)).toContain(
      'confirmed',
    );
  });

  test('is answered the same when the console asks again, with the answer and without', async () => {
    const out = await sendOut(custody, vault);
    const answer = signAt(custody.a, custody, out.text);
    const first = await finish(out, answer.text);
    const again = await finish(out, answer.text);
    if (!first.ok || !again.ok) throw new Error('not finished');
    expect(Buffer.from(only(again.value.signatures))).toEqual(
      Buffer.from(only(first.value.signatures)),
    );
    const { organisation, environment } = custody.organisation.roster;
    const prepared = await prepareColdSigning(onlineOf(custody), {
      organisation,
      environment,
      cold: 'cold-a',
      bundle: out.bundle,
      transaction: out.transaction,
      knowledge: knowsNothing,
    });
    expect(prepared).toMatchObject({ ok: true, value: { state: 'signed' } });
  });

  test('gives nobody anything without the key press, which counts once and not for long', async () => {
    const out = await sendOut(custody, vault);
    expect(bring(custody.a.desk, bytesOf(out.text)).state).toBe('open');
    expect(tiesOf(custody.a.party.database, out.intent.operation)).toEqual([]);
    // Somebody of another group, and whoever raised it, is not even asked.
    for (const name of ['raisa', 'adam', 'remy'] as const)
      expect(() => pressAt(custody.a, custody, name)).toThrow(/not asked/u);
    must({ ...pressAt(custody.a, custody), party: 'cold-a' } as Parameters<typeof must>[0]);
    expect(() => pressAt(custody.a, custody)).toThrow(/not asked/u);
  });

  test('notices a copied key by a counter that it showed before', async () => {
    const [first, second] = [await sendOut(custody, vault), await sendOut(custody, vault)];
    const pressWith = (text: string, signCount: number) => {
      bring(custody.a.desk, bytesOf(text));
      const question = ask(custody.a.desk, 'p-coraaaaaaa');
      if (!question) throw new Error('not asked');
      const { challenge, confirm } = question;
      const { origin } = custody.a.config.origin;
      const assertion = custody.organisation.keys.cora.assert({ challenge, origin, signCount });
      return press(custody.a.desk, { nonce: confirm.nonce, assertion });
    };
    expect(pressWith(first.text, 7).ok).toBe(true);
    expect(pressWith(second.text, 7)).toMatchObject({ refusal: 'counter-reused' });
    expect(pressWith(second.text, 8).ok).toBe(true);
  });
});
