import { expect, test } from 'vitest';
import { readSpan, spanFact, spanWords } from './duration-text.ts';
import { figureFact, figureText, ONE, readFigure, shareText } from './exact.ts';

const valueOf = (figure: unknown): bigint | null => {
  const read = readFigure(figure, { whole: false });
  return read.ok ? read.value : null;
};

test('numbers and decimal texts are read exactly, whatever way JavaScript prints them', () => {
  expect(valueOf(0.1)).toBe(ONE / 10n);
  expect(valueOf(1e-7)).toBe(ONE / 10_000_000n);
  expect(valueOf(1.5e-7)).toBe((ONE * 3n) / 20_000_000n);
  expect(valueOf('100000.01')).toBe((ONE * 10_000_001n) / 100n);
  expect(valueOf(-0)).toBe(0n);
  expect(valueOf('0')).toBe(0n);
  expect(valueOf('0.00')).toBe(0n);
  expect(valueOf(1e15)).toBe(ONE * 10n ** 15n);
  expect(valueOf(1e15 + 1)).toBeNull();
  expect(valueOf(-1e-7)).toBeNull();
  expect(valueOf('')).toBeNull();
});

test('figures are written as people read them and as facts again', () => {
  const figure = valueOf('12500.50') ?? 0n;
  expect(figureText(figure)).toBe('12,500.5');
  expect(figureFact(figure)).toBe(12_500.5);
  expect(figureText(0n)).toBe('0');
  expect(figureText(valueOf(100) ?? 0n)).toBe('100');
  expect(figureFact(valueOf('0.300000000000000001') ?? 0n)).toBe('0.300000000000000001');
});

test('shares are rounded half up to two decimals, and say so', () => {
  expect(shareText(1n, 4n)).toBe('25 %');
  expect(shareText(1n, 3n)).toBe('about 33.33 %');
  expect(shareText(2n, 3n)).toBe('about 66.67 %');
  expect(shareText(3n, 1n)).toBe('300 %');
});

test('spans are read, written and said', () => {
  expect(readSpan('01:02:05')).toBe(1565);
  expect(readSpan('365:00:00')).toBe(525_600);
  expect(readSpan('1:02:05')).toBe(1565);
  for (const bad of ['', '01:24:00', '01:00:60', '01:02', '1000:00:00', ' 01:02:05', '01:2:05'])
    expect(readSpan(bad)).toBeNull();
  expect(spanFact(1565)).toBe('01:02:05');
  expect(spanWords(1565)).toBe('1 day 2 h 5 min');
  expect(spanWords(2880)).toBe('2 days');
  expect(spanWords(0)).toBe('0 min');
});
