import { describe, expect, test } from 'vitest';
import { chunkBytesFor, sideOf, VERSION_MAX, VERSION_MIN } from '#lib/protocol/travel/code-size.ts';
import { drawModules } from '#lib/protocol/travel/qr-code.ts';
import { chunkRefusals } from '#lib/protocol/travel/refusals.ts';
import { rasterOf, seen } from '#lib/protocol/travel/testing/raster.ts';
import { bomb, chunksOf, forgedChunks } from '#lib/protocol/travel/testing/sample.ts';
import { readCodes } from './read-codes.ts';
import { showCodes } from './show-codes.ts';
import { TerminalLines } from './terminal-lines.ts';
import { drawTerminalCode, readShowCommand, rowsOf, versionThatFits } from './terminal-qr.ts';

const document = new TextEncoder().encode(
  Array.from({ length: 300 }, (_, index) => `${index * 7919}`).join(','),
);

async function* typing(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield new TextEncoder().encode(text);
}
const linesOf = (...texts: string[]): TerminalLines => new TerminalLines(typing(...texts));

/** Black on white, and the end of it: nothing else may colour a code. */
const INK = '\u001b[38;5;16;48;5;231m';
const RESET = '\u001b[0m';

/** What a camera sees of printed text: the modules of its half blocks. */
function modulesOf(printed: string): boolean[][] {
  return printed.split('\n').flatMap((line) => {
    if (!line.startsWith(INK) || !line.endsWith(RESET)) return [];
    const blocks = line.slice(INK.length, -RESET.length);
    expect(blocks).toMatch(/^[ ▀▄█]+$/);
    const marks = blocks.split('');
    return [marks.map((mark) => '▀█'.includes(mark)), marks.map((mark) => '▄█'.includes(mark))];
  });
}
const seenOn = (printed: string): string => seen(rasterOf(modulesOf(printed)));

describe('a code on a terminal', () => {
  test('reads as what it was drawn from, whatever the colours of the terminal', async () => {
    for (const text of await chunksOf(document))
      expect(seenOn(drawTerminalCode(drawModules(text)))).toBe(text);
  });

  test.each([
    [200, 60, 15],
    [85, 45, 15],
    [84, 45, 14],
    [80, 25, 5],
    [80, 24, 4],
    [41, 23, 4],
    [40, 100, null],
    [200, 22, null],
  ])('a window of %i columns and %i rows takes version %s', (columns, rows, version) => {
    expect(versionThatFits({ columns, rows })).toBe(version);
  });

  test('fits the window it was chosen for, with its text', () => {
    for (let version = VERSION_MIN; version <= VERSION_MAX; version += 1) {
      const lines = modulesLines(version);
      expect(lines).toBe(rowsOf(version) - 2);
      expect(versionThatFits({ columns: sideOf(version), rows: rowsOf(version) })).toBe(version);
    }
  });
});

function modulesLines(version: number): number {
  const side = sideOf(version);
  const light = Array.from({ length: side }, () => Array.from({ length: side }, () => false));
  return drawTerminalCode(light).split('\n').length;
}

describe('what is typed under a code', () => {
  test.each([
    ['', { go: 3 }],
    [' b ', { go: 1 }],
    ['B', { go: 1 }],
    ['1', { go: 0 }],
    ['4', { go: 3 }],
    ['5', 'unknown'],
    ['0', 'unknown'],
    ['1e9', 'unknown'],
    ['q', 'done'],
    ['quit', 'unknown'],
  ])('%j at the third of four', (typed, command) => {
    expect(readShowCommand(typed, 2, 4)).toEqual(command);
  });

  test('after the last comes the first, and before the first the last', () => {
    expect(readShowCommand('', 3, 4)).toEqual({ go: 0 });
    expect(readShowCommand('b', 0, 4)).toEqual({ go: 3 });
  });
});

describe('lines', () => {
  test('end with any kind of break, over any borders of the stream', async () => {
    const lines = linesOf('a\r', '\nb', 'c\n\nd\re\r\n', 'ü');
    const got: (string | null)[] = [];
    for (let count = 0; count < 8; count += 1) got.push(await lines.next());
    expect(got).toEqual(['a', 'bc', '', 'd', 'e', 'ü', null, null]);
  });

  test('of endless length are cut, and what follows is read', async () => {
    const lines = linesOf('x'.repeat(1_000_000), 'x\nnext\n');
    expect(await lines.next()).toBe('x'.repeat(4096));
    expect(await lines.next()).toBe('next');
  });
});

describe('from one terminal to the other', () => {
  test.each([
    { columns: 200, rows: 60 },
    { columns: 80, rows: 24 },
  ])('a document arrives from a window of $columns by $rows', async (window) => {
    const pages: string[] = [];
    const shown = await showCodes({
      bytes: document,
      window,
      lines: linesOf('\n'.repeat(200)),
      write: (text) => pages.push(text),
    });
    expect(shown.ok).toBe(true);
    expect(pages[0]).toContain(`Code 1 of ${shown.ok ? shown.codes : 0}\n`);
    const scanned = [...new Set(pages)].filter((page) => page.includes('Code ')).map(seenOn);
    expect(scanned).toHaveLength(shown.ok ? shown.codes : 0);
    const said: string[] = [];
    const read = await readCodes({
      lines: linesOf(...scanned.map((text) => `${text}\r\n`)),
      write: (text) => said.push(text),
    });
    expect(read).toEqual({ ok: true, bytes: document });
    expect(said.join('')).not.toContain('CST1');
  });

  test('each code is shown in turn, and one that is asked for', async () => {
    const codes = await chunksOf(document, chunkBytesFor(15));
    const pages: string[] = [];
    await showCodes({
      bytes: document,
      window: { columns: 100, rows: 60 },
      lines: linesOf('\n', 'b\n', '3\n', 'what?\n', 'q\n'),
      write: (text) => pages.push(text),
    });
    const [first, second, , third] = [codes[0], codes[1], null, codes[2]];
    expect(pages.slice(0, -1).map(seenOn)).toEqual([first, second, first, third, third]);
    expect(pages.at(-1)).not.toContain('█');
  });

  test('a window that is too small is refused by name', async () => {
    const shown = await showCodes({
      bytes: document,
      window: { columns: 40, rows: 24 },
      lines: linesOf(),
      write: () => undefined,
    });
    expect(shown).toEqual({ ok: false, refusal: 'terminal-too-small' });
  });

  test('what is not taken is named, and the rest goes on', async () => {
    const [first = '', ...rest] = await chunksOf(document);
    const said: string[] = [];
    const read = await readCodes({
      lines: linesOf(
        `${first}\n${first}\nhello\n\n`,
        `${first.slice(0, -1)}\n${rest.map((text) => `${text}\n`).join('')}`,
      ),
      write: (text) => said.push(text),
    });
    expect(read.ok).toBe(true);
    const progress = '1 of 3 codes read, missing 2 and 3.';
    expect(said.slice(1, 6)).toEqual([
      `${progress}\n`,
      `Read before. ${progress}\n`,
      `${chunkRefusals['chunk-foreign-form']} ${progress}\n`,
      `${progress}\n`,
      `${chunkRefusals['chunk-damaged']} ${progress}\n`,
    ]);
  });

  test('codes that do not add up are dropped, and reading starts over', async () => {
    const said: string[] = [];
    const forged = forgedChunks(bomb(1_000_000), 2);
    const good = await chunksOf(document);
    const read = await readCodes({
      lines: linesOf([...forged, ...good].map((text) => `${text}\n`).join('')),
      write: (text) => said.push(text),
    });
    expect(said.join('')).toContain('The codes hold more than a travelling document may.');
    expect(read).toEqual({ ok: true, bytes: document });
  });

  test('stopped or starting over, nothing half read is given out', async () => {
    const [first = '', ...rest] = await chunksOf(document);
    const all = rest.map((text) => `${text}\n`).join('');
    const write = () => undefined;
    const stopped = { ok: false, refusal: 'reading-stopped' };
    expect(await readCodes({ lines: linesOf(`${first}\nr\n${all}`), write })).toEqual(stopped);
    expect(await readCodes({ lines: linesOf(`${first}\nq\n${all}`), write })).toEqual(stopped);
  });
});
