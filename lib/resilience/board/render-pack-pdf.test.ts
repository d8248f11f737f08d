import { describe, expect, it } from 'vitest';
import { readPdf } from '#lib/platform/pdf/testing/read-pdf.ts';
import type { PackFile } from './load-pack.ts';
import { packDigest } from './pack.ts';
import { packPdf } from './render-pack-pdf.ts';
import { samplePack } from './testing/sample-pack.ts';

const file: PackFile = {
  id: '11111111-1111-4111-8111-111111111111',
  number: 'BP-2026-000001',
  pack: samplePack,
  digest: packDigest(samplePack),
  isWhole: true,
  by: 'Ben Okafor',
  madeBy: 'p-aaaaaaaaaa',
  madeAt: '2026-10-02T08:00:01.000Z',
  standing: 'waiting',
  approvedAt: null,
  signatures: [],
};
const signed: PackFile = {
  ...file,
  standing: 'approved',
  approvedAt: '2026-10-05T09:30:00.000Z',
  signatures: [
    {
      person: 'p-bbbbbbbbbb',
      name: 'Mara Lind',
      decision: 'conditions',
      conditions: 'Drill the loss of a signer by November.',
      commitment: 'c'.repeat(64),
      keyLabel: 'Blue key',
      credentialId: 'AbCdEfGhIjKlMnOpQrSt',
      signedAt: '2026-10-05T09:30:00.000Z',
      isMaker: false,
    },
  ],
};
const textOf = async (of: PackFile): Promise<string> =>
  readPdf(await packPdf(of))
    .flat()
    .join(' ');

describe('a pack as PDF', () => {
  it('has the figures and tables of every part', async () => {
    const text = await textOf(file);
    for (const words of [
      'third quarter of 2026',
      'Clients’ assets',
      '94.99 %',
      'Noticed in the quarter',
      'Initial notification',
      'PT-2026-000001',
      '4 min 12 s',
      'RK-2026-000001',
      'PV-2026-000050',
      '50 of 60.',
      'Submission of the register',
      'Nobody has signed it yet.',
    ])
      expect(text).toContain(words);
  });

  it('says who signed it with which key and when, and under which conditions', async () => {
    const text = await textOf(signed);
    for (const words of ['Mara Lind', 'Blue key', 'AbCdEfGhIjKlMnOp', '2026-10-05 09:30 UTC'])
      expect(text).toContain(words);
    expect(text).toContain('Drill the loss of a signer by November.');
    expect(text).toContain('Approved, with conditions');
  });

  it('has the digest, how it stands and its number on every page', async () => {
    const pages = readPdf(await packPdf(signed));
    expect(pages.length).toBeGreaterThan(2);
    for (const [place, texts] of pages.entries()) {
      const text = texts.join('\n');
      expect(text).toContain(signed.digest);
      expect(text).toContain('Approved');
      expect(text).toContain(`Page ${place + 1} of ${pages.length}`);
    }
  });

  it('says long conditions to their last word, over as many pages as they take', async () => {
    const [one] = signed.signatures;
    if (!one) throw new Error('The sample is signed.');
    const words = Array.from({ length: 660 }, (_, place) => `w${place}`);
    const conditions = words.join(' ');
    expect(conditions.length).toBeLessThanOrEqual(4000);
    const text = await textOf({ ...signed, signatures: [{ ...one, conditions }] });
    const shown = new Set(text.split(/\s+/u));
    expect(words.filter((word) => !shown.has(word))).toEqual([]);
  });

  it('has a bar beside each share, as long as it is', async () => {
    const drawn = (await packPdf(file)).toString('latin1');
    // The share of 94.99 % of 90 points, after its track.
    expect(drawn).toMatch(/ 90 6 re\n[\s\S]{0,120}? 85\.491 6 re\n/);
  });

  it('is the same bytes each time, and others with a signature', async () => {
    const first = await packPdf(file);
    expect(Buffer.compare(await packPdf(file), first)).toBe(0);
    expect(Buffer.compare(await packPdf(signed), first)).not.toBe(0);
  });
});
