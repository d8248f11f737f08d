import { expect, test } from 'vitest';
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
