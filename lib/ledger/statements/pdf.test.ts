import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { statementDigest, type StatementContent } from './content.ts';
import { statementPdf } from './pdf.ts';
import { readPdf } from '#lib/platform/pdf/testing/read-pdf.ts';
import { sampleAsset, sampleStatement } from './testing/sample-statement.ts';

const draw = (content: StatementContent) => statementPdf(content, statementDigest(content));
/** Everything on the pages, lines that went on in the next one joined. */
const textOf = async (content: StatementContent) =>
  readPdf(await draw(content))
    .flat()
    .join('');

describe('a statement as PDF', () => {
  it('is the same bytes each time, with documents of other clients in between', async () => {
    const content = sampleStatement();
    const first = await draw(content);
    await draw(sampleStatement({ client: { id: 'C-2', name: 'Ősz Žižek' } }));
    expect(Buffer.compare(await draw(content), first)).toBe(0);
  });

  it('is other bytes for another close', async () => {
    const other = sampleStatement({
      close: { closedAt: '2026-10-01T00:00:18.000Z', lastJournal: '4711' },
    });
    const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
    expect(hash(await draw(other))).not.toBe(hash(await draw(sampleStatement())));
  });

  it('shows every movement with its instruction, reference and exact figures, nothing cut', async () => {
    const big = '123456789012345678901234567';
    const asset = sampleAsset('ETH', 18, 0n, [{ amount: big }, { amount: `-${big}` }]);
    const text = await textOf(sampleStatement({ assets: [asset] }));
    for (const { reference, counterparty } of asset.movements) {
      expect(text).toContain(reference?.id);
      expect(text).toContain(counterparty);
    }
    expect(text).toContain('Journal 101, operation WD-2026-000001');
    expect(text).toContain('−123,456,789.012345678901234567');
  });

  it('goes on in the next line with what is wider than a column: 78 digits, a bank’s longest text', async () => {
    const most = '9'.repeat(78);
    const reference = { kind: 'bank', id: 'Ω'.repeat(140) } as const;
    const asset = sampleAsset('ETH', 18, 0n, [{ amount: most, reference }]);
    const text = await textOf(sampleStatement({ assets: [asset] }));
    expect(text).toContain(`${'999,'.repeat(19)}999.${'9'.repeat(18)}`);
    expect(text).toContain(reference.id);
  });

  it.each([
    'Łukasz Żółć',
    'Erdős Pál',
    'Ioan Timiș',
    'Straße ẞ',
    'Αθήνα Ώρα',
    'Київ Ђорђе Ёж',
    'Þórr',
  ])('writes the name %s as it is', async (name) => {
    expect(await textOf(sampleStatement({ client: { id: 'C-1', name } }))).toContain(name);
  });

  it('writes what the typeface lacks as its code point, and never leaves it out', async () => {
    const client = { id: 'C-1', name: '中 \u{1F980}' };
    expect(await textOf(sampleStatement({ client }))).toContain('U+4E2D U+1F980');
  });

  it('has client, period, digest and page number on every page', async () => {
    const movements = Array.from({ length: 60 }, () => ({ amount: '5' }));
    const content = sampleStatement({ assets: [sampleAsset('SOL', 9, 0n, movements)] });
    const pages = readPdf(await draw(content));
    expect(pages.length).toBeGreaterThan(3);
    for (const [place, texts] of pages.entries()) {
      const text = texts.join('\n');
      expect(text).toContain('C-20418');
      expect(text).toContain('2026-07-01 00:00:00 UTC to 2026-10-01 00:00:00 UTC');
      expect(text).toContain(statementDigest(content));
      expect(text).toContain(`Page ${place + 1} of ${pages.length}`);
      expect(text).toContain('Drawn up from journal 4711');
    }
  });

  it('is tagged, has a title and a language, and embeds its fonts', async () => {
    const file = (await draw(sampleStatement())).toString('latin1');
    expect(file).toContain('/Marked true');
    expect(file).toContain('/Lang (en)');
    expect(file).toContain('/DisplayDocTitle true');
    expect(file).toContain('>Statement of position, client C-20418, 2026-07-01 to 2026-10-01<');
    expect(file.match(/\/FontFile2 /g)).toHaveLength(2);
    for (const tag of ['H1', 'H2', 'Table', 'TR', 'TH', 'TD'])
      expect(file).toContain(`/S /${tag}\n`);
    expect(file).not.toContain('/Helvetica');
  });

  it('says what is not there: no value in EUR, no events, nothing set aside, nothing held', async () => {
    const text = await textOf(sampleStatement({ assets: [] }));
    expect(text).toContain('not stated: no source of prices is on record');
    expect(text).toContain('None on record.');
    expect(text).toContain('Nothing was set aside.');
    expect(text).toContain('Nothing was recorded');
  });
});
