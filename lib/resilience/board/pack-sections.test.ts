import { describe, expect, it } from 'vitest';
import { boardPack, packDigest, packText, readPack } from './pack.ts';
import { packSections } from './pack-sections.ts';
import { minutesWords, spanWords } from './section.ts';
import { founds } from '../records/found-by-figures.ts';
import { samplePack } from './testing/sample-pack.ts';

const sectionOf = (id: string) => packSections(samplePack).find((section) => section.id === id);
const figureOf = (id: string, label: string) =>
  sectionOf(id)?.figures.find((figure) => figure.label === label);

describe('a pack', () => {
  it('comes out of its text as it went in, with one digest', () => {
    const text = packText(samplePack);
    expect(readPack(text)).toEqual(samplePack);
    expect(packDigest(readPack(text))).toBe(packDigest(samplePack));
    expect(packDigest({ ...samplePack, quarter: '2026-Q2' })).not.toBe(packDigest(samplePack));
  });

  it('is refused with what it does not know and with lists beyond their bound', () => {
    expect(boardPack.safeParse({ ...samplePack, note: 'x' }).success).toBe(false);
    const { lackingList } = samplePack.functions;
    const long = Array.from({ length: 51 }, () => lackingList[0]);
    const functions = { ...samplePack.functions, lackingList: long };
    expect(boardPack.safeParse({ ...samplePack, functions }).success).toBe(false);
  });
});

describe('the sections of a pack', () => {
  it('have one place each, an article, and figures that open their list in the console', () => {
    const sections = packSections(samplePack);
    expect(new Set(sections.map(({ id }) => id)).size).toBe(sections.length);
    for (const { article, figures } of sections) {
      expect(article).not.toBe('');
      for (const { href } of figures) expect(href ?? '/').toMatch(/^\//);
    }
  });

  it('open lists that ask for exactly what was counted: by what was found, and by the days of the quarter', () => {
    const hrefs = packSections(samplePack).flatMap(({ figures }) =>
      figures.flatMap(({ href }) => (href === null ? [] : [new URL(href, 'https://console')])),
    );
    const asked = hrefs.map((href) => href.searchParams.get('found')).filter((one) => one !== null);
    expect(asked.filter((one) => !founds.some((found) => found === one))).toEqual([]);
    expect(asked).toEqual(
      expect.arrayContaining(['in-force', 'lack-clauses', 'exit-untested', 'gaps']),
    );
    expect(figureOf('tests', 'Tests done in the quarter')?.href).toContain(
      `from=${samplePack.from}&until=${samplePack.until}`,
    );
  });

  it('make what must not be stand out, and leave what is nought quiet', () => {
    expect(figureOf('custody', 'Assets not covered')?.tone).toBe('danger');
    expect(figureOf('clocks', 'Missed')?.tone).toBe('danger');
    expect(figureOf('continuity', 'Reviews of plans overdue')).toMatchObject({
      tone: 'quiet',
      value: '0',
    });
  });

  it('never round what is incomplete up to complete', () => {
    expect(figureOf('register', 'Complete')?.value).toBe('66.6 %');
    const almost = {
      template: 'B_01.01',
      name: 'Entity',
      asked: 10_000,
      filled: 9_999,
      missingRows: 0,
    };
    const [complete] =
      packSections({ ...samplePack, register: [almost] }).find(({ id }) => id === 'register')
        ?.figures ?? [];
    expect(complete?.value).toBe('99.9 %');
  });

  it('say how many there are where a list is cut', () => {
    const [list] = sectionOf('third-parties')?.tables ?? [];
    expect(list?.rows).toHaveLength(50);
    expect(list?.more).toBe('50 of 60.');
  });

  it('say spans in units that keep them exact', () => {
    expect([minutesWords(0), minutesWords(60), minutesWords(1_535)]).toEqual([
      '0 min',
      '1 h',
      '1 d 1 h 35 min',
    ]);
    expect([spanWords(400), spanWords(60_000), spanWords(252_000)]).toEqual([
      '0 s',
      '1 min',
      '4 min 12 s',
    ]);
  });
});
