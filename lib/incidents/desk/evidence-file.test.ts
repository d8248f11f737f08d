import { gzipSync, zipSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceLimits, readEvidenceFile } from './evidence-file.ts';

const text = (content: string) => new TextEncoder().encode(content);
const codeOf = (name: string, bytes: Uint8Array): string => {
  const read = readEvidenceFile(name, bytes);
  return read.ok ? read.value.mediaType : read.refusal.code;
};

describe('a file of evidence', () => {
  it.each([
    ['node.log', text('12:01 refused'), 'text/plain'],
    ['Bericht März 2026.pdf', text('%PDF-1.7 …'), 'application/pdf'],
    ['a.JSON', text('{}'), 'application/json'],
    ['node.2026-11-28.log', text('12:01 refused'), 'text/plain'],
    ['logs.zip', zipSync({ 'node.log': text('12:01 refused') }), 'application/zip'],
  ])('named %s is taken by what it is', (name, bytes, type) => {
    expect(codeOf(name, bytes)).toBe(type);
  });

  it.each([
    ['run.exe', text('MZ')],
    ['page.html', text('<script>')],
    ['page.svg', text('<svg/>')],
    ['macro.xlsm', text('PK')],
    ['nothing', text('x')],
    ['x.constructor', text('x')],
  ])('of a kind that is not taken is refused: %s', (name, bytes) => {
    expect(codeOf(name, bytes)).toBe('type-forbidden');
  });

  it.each([
    '../etc/passwd.txt',
    'a/b.txt',
    String.raw`a\b.txt`,
    '.hidden.txt',
    'nul.txt',
    'a\u202Etxt.pdf',
    'a\u0000.txt',
    'run.exe.txt',
    'a.PS1.log',
    `${'a'.repeat(120)}.txt`,
    '',
  ])('with a name that hides something is refused: %j', (name) => {
    expect(codeOf(name, text('x'))).toBe('name-invalid');
  });

  it('whose content is not what its name says is refused', () => {
    expect(codeOf('a.pdf', text('MZ'))).toBe('type-mismatch');
    expect(codeOf('a.png', text('%PDF-'))).toBe('type-mismatch');
    expect(codeOf('a.txt', new Uint8Array([0x41, 0]))).toBe('type-mismatch');
    expect(codeOf('a.csv', new Uint8Array([0xff, 0xfe, 0x41]))).toBe('type-mismatch');
  });

  it('that is empty or too large is refused', () => {
    expect(codeOf('a.txt', new Uint8Array())).toBe('empty');
    expect(codeOf('a.txt', new Uint8Array(evidenceLimits.bytes + 1).fill(0x41))).toBe('too-large');
  });
});

describe('an archive', () => {
  it('that unfolds to far more than itself is refused before it is unfolded', () => {
    const bomb = zipSync({ 'zeros.txt': new Uint8Array(50_000_000) }, { level: 9 });
    expect(bomb.length).toBeLessThan(100_000);
    expect(codeOf('logs.zip', bomb)).toBe('archive-bomb');
  });

  it('that holds another one is refused', () => {
    const inner = zipSync({ 'a.txt': text('a') });
    expect(codeOf('logs.zip', zipSync({ 'inner.zip': inner }))).toBe('archive-nested');
  });

  it.each([
    ['a zip', zipSync({ 'a.txt': text('a') })],
    ['a zip stored as it is', zipSync({ 'a.txt': text('a') }, { level: 0 })],
    ['an empty zip', zipSync({})],
    ['7z', new Uint8Array([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4])],
    ['rar', text('Rar!\u001a\u0007\u0000')],
    ['gzip', gzipSync(text('a'))],
    ['bzip2', text('BZh91AY&SY')],
    ['xz', new Uint8Array([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0])],
    ['tar', text(`${'a.txt'.padEnd(257, '\u0000')}ustar`)],
  ])('that holds another one under a name that does not say so is refused: %s', (_, inner) => {
    const outer = (level: 0 | 9) =>
      zipSync({ 'node.log': text('12:01 refused'), 'notes.txt': inner }, { level });
    expect([codeOf('logs.zip', outer(9)), codeOf('logs.zip', outer(0))]).toEqual([
      'archive-nested',
      'archive-nested',
    ]);
  });

  it('that holds text about archives, or files that are shorter than their first letters, is taken', () => {
    const files = {
      'a.txt': text('PK is what a zip begins with'),
      'b.txt': text('P'),
      'c.txt': text(''),
    };
    expect(codeOf('logs.zip', zipSync(files))).toBe('application/zip');
  });

  it('that is cut off or of nothing is refused', () => {
    const whole = zipSync({ 'a.txt': text('a'.repeat(1_000)) });
    expect(codeOf('logs.zip', whole.subarray(0, 60))).toBe('archive-broken');
    expect(codeOf('logs.zip', text('PK\u0003\u0004'))).toBe('archive-broken');
  });

  it('of any bytes is answered, never thrown at', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const made = new Uint8Array([0x50, 0x4b, 3, 4, ...bytes]);
        expect(typeof codeOf('a.zip', made)).toBe('string');
      }),
      { numRuns: 300 },
    );
  });
});
