import readExcelFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { readPdf } from '#lib/platform/pdf/testing/read-pdf.ts';
import { reportDigest } from './digest.ts';
import type { ReportValues } from './field-types.ts';
import { REPORT_FIELDS } from './fields.ts';
import { reportPdf } from './render-pdf.ts';
import { reportWorkbook } from './render-xlsx.ts';
import { changed, finalValues, initialValues } from './testing/good-reports.ts';

const print = (values: ReportValues) => ({
  values,
  at: '2026-03-02T12:00:00Z',
  standing: 'Draft, not submitted',
});
const draw = (values: ReportValues) => reportPdf(print(values));
const pagesOf = async (values: ReportValues) => readPdf(await draw(values));

describe('a report as PDF', () => {
  it('has every field that is asked for, with its number, name and value in words', async () => {
    const text = (await pagesOf(finalValues)).flat().join(' ');
    for (const { no, name } of REPORT_FIELDS) {
      expect(text).toContain(` ${no} `);
      expect(text.replaceAll(' ', '')).toContain(name.replaceAll(' ', ''));
    }
    for (const words of [
      '3. Content of the intermediate report',
      'Crypto-asset service provider',
      'Germany (DE); Greece (GR)',
      'EUR 1,250,000.50',
      '12.5 %',
      '01:04:10 (1 day 4 h 10 min)',
      '2026-03-02 09:14:00 UTC',
      'Not stated',
    ])
      expect(text).toContain(words);
  });

  it('says what is missing', async () => {
    const text = (await pagesOf(changed(initialValues, { '2.4': undefined }))).flat().join(' ');
    expect(text).toContain('Missing');
    expect(text).not.toContain(' 3.4 ');
  });

  it('has what it is, the digest and the page’s number on every page', async () => {
    const pages = await pagesOf(finalValues);
    expect(pages.length).toBeGreaterThan(1);
    for (const [place, texts] of pages.entries()) {
      const text = texts.join('\n');
      expect(text).toContain('Draft, not submitted');
      expect(text).toContain(reportDigest(finalValues));
      expect(text).toContain(`Page ${place + 1} of ${pages.length}`);
    }
  });

  it('goes on over pages with the longest text, and cuts nothing', async () => {
    const words = Array.from({ length: 4000 }, (_, at) => `word${at}`).join(' ');
    const pages = await pagesOf(changed(initialValues, { '2.4': `First line\n\n${words}` }));
    const text = pages.flat().join(' ');
    expect(text).toContain('First line');
    for (const at of [0, 1999, 3999]) expect(text).toContain(`word${at}`);
    expect(pages.length).toBeGreaterThan(5);
  });

  it('ends with a text that nobody reads on paper, says so, and goes on with the other fields', async () => {
    const flood = 'x\n'.repeat(262_144);
    const pages = await pagesOf(changed(initialValues, { '2.4': flood, '2.5': flood }));
    expect(pages.length).toBeLessThan(60);
    const text = pages.flat().join(' ');
    expect(text).toContain('is not printed. The document has all of its 524288 characters.');
    expect(text).toContain(' 2.10 ');
    const single = await pagesOf(changed(initialValues, { '2.4': 'x'.repeat(1_000_000) }));
    expect(single.length).toBeLessThan(30);
  });

  it('is the same bytes each time, and others for other values', async () => {
    const first = await draw(finalValues);
    expect(Buffer.compare(await draw(finalValues), first)).toBe(0);
    expect(Buffer.compare(await draw(changed(finalValues, { '3.4': '121' })), first)).not.toBe(0);
  });

  it('can be drawn of a draft in which nothing is right', async () => {
    const wild = Object.fromEntries(
      REPORT_FIELDS.map(({ no }) => [no, 'x\u0000\u{1F980}中'.repeat(40)]),
    );
    await expect(draw(wild)).resolves.toBeDefined();
    await expect(draw({})).resolves.toBeDefined();
  });
});

describe('a report as a workbook', () => {
  const sheetsOf = async (values: ReportValues) => {
    const sheets = await readExcelFile(Buffer.from(await reportWorkbook(print(values))));
    return Object.fromEntries(sheets.map(({ sheet, data }) => [sheet, data]));
  };

  it('has the fields in the order of the Annex, in words and as they are sent', async () => {
    const rows = (await sheetsOf(finalValues))['Report'] ?? [];
    const fields = rows.slice(1).filter(([no]) => no !== null);
    expect(fields.map(([no]) => no)).toEqual(REPORT_FIELDS.map(({ no }) => no));
    expect(fields.find(([no]) => no === '2.6')).toEqual([
      '2.6',
      'Member States impacted',
      'Germany (DE); Greece (GR)',
      'DE; GR',
    ]);
    expect(fields.find(([no]) => no === '1.10')?.[2]).toBe('Incident desk');
  });

  it('names the digest of the document', async () => {
    const about = (await sheetsOf(finalValues))['About'] ?? [];
    expect(about.flat()).toContain(reportDigest(finalValues));
  });

  it('keeps texts that look like formulas as texts, and the longest in pieces', async () => {
    const long = '\u{1F511}'.repeat(20_000);
    const rows =
      (await sheetsOf(changed(initialValues, { '1.2': '=1+1', '2.4': long })))['Report'] ?? [];
    expect(rows.find(([no]) => no === '1.2')?.[2]).toBe('=1+1');
    const parts = rows.filter(([no]) => no === '2.4').map(([, , words]) => String(words));
    expect(parts.length).toBe(2);
    expect(parts.join('')).toBe(long);
  });

  it('is the same bytes each time', async () => {
    const first = await reportWorkbook(print(finalValues));
    expect(Buffer.compare(await reportWorkbook(print(finalValues)), first)).toBe(0);
  });
});
