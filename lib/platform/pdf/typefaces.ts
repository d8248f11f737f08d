/**
 * The typeface of documents, Inter, embedded as the subset that a document uses. Each character has
 * one glyph at one width, digits all the same width, so figures stand under each other; the layout
 * of the font's own tables, several times slower, would only add kerning.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { create, type Font, type Glyph, type GlyphRun } from 'fontkit';

export type Weight = 'regular' | 'strong';

export type Typeface = {
  /** What pdfkit draws with; parsed once and shared by all documents. */
  font: Font;
  /** Width in points. */
  widthOf(text: string, size: number): number;
  /** The text with what the typeface has no glyph for as its code point: "U+4E2D". */
  printable(text: string): string;
};

const files: Readonly<Record<Weight, string>> = {
  regular: '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf',
  strong: '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf',
};

const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/**
 * The glyph as one of this character, which is what text that is copied out of a document says. The font keeps each
 * glyph with the characters of whoever asked for it first, and with none where it was a part of another glyph.
 */
const spelled = (glyph: Glyph, character: string): Glyph =>
  Object.create(glyph, { codePoints: { value: [character.codePointAt(0) ?? 0] } }) as Glyph;

function typefaceOf(bytes: Uint8Array): Typeface {
  const font = create(bytes);
  const glyphs = new Map<string, Glyph>();
  const tabular = font.layout(digits.join(''), ['tnum']).glyphs;
  for (const [place, digit] of digits.entries()) {
    const glyph = tabular[place];
    if (glyph) glyphs.set(digit, spelled(glyph, digit));
  }
  const glyphOf = (character: string): Glyph => {
    const known = glyphs.get(character);
    if (known) return known;
    const glyph = spelled(font.glyphForCodePoint(character.codePointAt(0) ?? 0), character);
    glyphs.set(character, glyph);
    return glyph;
  };
  // Asked of the font itself: a glyph is known for whatever was drawn before, and may be the empty box.
  const shown = new Map<string, string>();
  const shownOf = (character: string): string => {
    const known = shown.get(character);
    if (known !== undefined) return known;
    const point = character.codePointAt(0) ?? 0;
    const text = font.hasGlyphForCodePoint(point)
      ? character
      : `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
    shown.set(character, text);
    return text;
  };
  const layout = (text: string): GlyphRun => {
    const run: GlyphRun = { glyphs: [], positions: [], advanceWidth: 0 };
    for (const character of text) {
      const glyph = glyphOf(character);
      run.glyphs.push(glyph);
      run.positions.push({ xAdvance: glyph.advanceWidth, yAdvance: 0, xOffset: 0, yOffset: 0 });
      run.advanceWidth += glyph.advanceWidth;
    }
    return run;
  };
  return {
    font: Object.create(font, { layout: { value: layout } }) as Font,
    widthOf: (text, size) => {
      let units = 0;
      for (const character of text) units += glyphOf(character).advanceWidth;
      return (units * size) / font.unitsPerEm;
    },
    printable: (text) => {
      let shown = '';
      for (const character of text.normalize('NFC')) shown += shownOf(character);
      return shown;
    },
  };
}

let typefaces: Readonly<Record<Weight, Typeface>> | undefined;

/** Both weights, read from the installed package at first use. */
export function loadTypefaces(): Readonly<Record<Weight, Typeface>> {
  if (!typefaces) {
    // By the folder the process runs in, since a bundled module lies somewhere else.
    const { resolve } = createRequire(join(process.cwd(), 'package.json'));
    const load = (weight: Weight) => typefaceOf(readFileSync(resolve(files[weight])));
    typefaces = { regular: load('regular'), strong: load('strong') };
  }
  return typefaces;
}
