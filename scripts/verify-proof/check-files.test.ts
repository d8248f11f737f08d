import { expect, test } from 'vitest';
import { addressOfOwner } from '#lib/chains/account-context.ts';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { clientsOf, documentsFrom } from '#lib/ledger/liabilities/testing/sample.ts';
import { checkFiles } from './check-files.ts';

const { snapshot, proofs } = await documentsFrom(clientsOf([1_250_000_000n, 7n]));
const publication = { type: 'countersign/reserves-publication/v1', snapshot, controls: [] };
const text = (name: string, content: string) => ({ name, bytes: Buffer.from(content) });
const file = (name: string, of: unknown) => text(name, JSON.stringify(of));
const proof = file('proof.json', proofs.get('C-10000'));

test('a snapshot and a proof that fit are said to hold, with exact amounts', () => {
  const checked = checkFiles([proof, file('snapshot.json', publication)]);
  expect(checked.holds).toBe(true);
  expect(checked.lines).toContain('       owed to clients: 1.250000007 SOL');
  expect(checked.lines.at(-1)).toBe('holds  proof.json: C-10000 is counted with 1.250000000 SOL.');
});

test('a vault without a signature is called so', () => {
  const reserve = { vault: 'warm-1', chain: 'solana:sandbox', asset: 'SOL', amount: '5' };
  const address = '7S3P4HxJpyyigGzodYwHtCxZyUQe9JiBMHyRWXArAaKv';
  const of = { ...publication, snapshot: { ...snapshot, reserves: [{ ...reserve, address }] } };
  expect(checkFiles([file('snapshot.json', of)]).lines).toContain(
    `       NOT SIGNED: 0.000000005 SOL at ${address} (warm-1)`,
  );
});

test('where every owner has addresses of their own, the lines say so, and from which key they follow', () => {
  const publicKey = '0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798';
  const key = { vault: 'btc-1', suite: 'FROST-secp256k1-SHA256-TR-v1', publicKey } as const;
  const chain = BITCOIN_REGTEST;
  const address = addressOfOwner({ ...key, chain }, null);
  const reserve = { vault: 'btc-1', chain, asset: 'BTC', amount: '5', address };
  const of = { ...publication, snapshot: { ...snapshot, reserves: [reserve] } };
  const unsigned = `       NOT SIGNED: 0.00000005 BTC at addresses derived from the key of ${address} (btc-1)`;
  expect(checkFiles([file('snapshot.json', of)]).lines).toContain(unsigned);
  const audited = checkFiles([file('snapshot.json', { ...of, keys: [key] })]);
  expect(audited.holds).toBe(true);
  expect(audited.lines.at(-1)).toMatch(/all addresses of btc-1 follow from tpub\w{107} \(BIP32\)$/);
  const other = { ...key, publicKey: `03${publicKey.slice(2)}` };
  expect(checkFiles([file('snapshot.json', { ...of, keys: [other] })]).holds).toBe(false);
});

test('what does not fit is called wrong by its file, with the reason', () => {
  const other = { ...snapshot, close: { ...snapshot.close, lastJournal: '13' } };
  const answers = [
    checkFiles([proof]),
    checkFiles([file('a.json', publication), file('b.json', publication)]),
    checkFiles([file('a.json', { ...publication, snapshot: other }), proof]),
    checkFiles([file('a.json', publication), text('b.json', '{"type":')]),
    checkFiles([file('a.json', { ...publication, more: 1 })]),
  ];
  expect(answers.every(({ holds }) => !holds)).toBe(true);
  expect(answers.map(({ lines }) => lines.at(-1)?.slice(0, 5))).toEqual(
    Array.from({ length: 5 }, () => 'WRONG'),
  );
  expect(answers[2]?.lines.at(-1)).toContain('belongs to another snapshot');
});
