/**
 * The text of an uncompressed PDF, page by page, by the fonts' own tables from glyphs to characters:
 * what a reader gets that copies it out.
 */

/** Objects of the file by their number. */
function objectsOf(pdf: string): Map<string, string> {
  const objects = new Map<string, string>();
  for (const [, number = '', body = ''] of pdf.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g))
    objects.set(number, body);
  return objects;
}

const hexText = (hex: string): string =>
  Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le');

/** Characters by glyph, from a ToUnicode map as pdfkit writes it. */
function charactersOf(map: string): string[] {
  const characters: string[] = [];
  for (const [, first = '', list = ''] of map.matchAll(/<(\w+)> <\w+> \[(.*?)\]/g))
    for (const [place, [, hex = '']] of [...list.matchAll(/<([^>]*)>/g)].entries())
      characters[Number.parseInt(first, 16) + place] = hexText(hex);
  return characters;
}

/** @returns the texts of each page in the order they are drawn. */
export function readPdf(bytes: Uint8Array): string[][] {
  const objects = objectsOf(Buffer.from(bytes).toString('latin1'));
  const fonts = new Map<string, string[]>();
  const fontOf = (reference: string): string[] => {
    const known = fonts.get(reference);
    if (known) return known;
    const map = /ToUnicode (\d+) 0 R/.exec(objects.get(reference) ?? '')?.[1] ?? '';
    const characters = charactersOf(objects.get(map) ?? '');
    fonts.set(reference, characters);
    return characters;
  };
  const pages: string[][] = [];
  for (const body of objects.values()) {
    if (!/\/Type \/Page\n/.test(body)) continue;
    const resources = objects.get(/Resources (\d+) 0 R/.exec(body)?.[1] ?? '') ?? '';
    const named = new Map(
      [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', number = '']) => [
        name,
        number,
      ]),
    );
    const stream = objects.get(/Contents (\d+) 0 R/.exec(body)?.[1] ?? '') ?? '';
    const texts: string[] = [];
    let font: string[] = [];
    for (const [, name, drawn] of stream.matchAll(/\/(F\d+) [\d.]+ Tf|\[(.*?)\] TJ/g)) {
      if (name !== undefined) font = fontOf(named.get(name) ?? '');
      else {
        const glyphs = [...(drawn ?? '').matchAll(/<([0-9a-f]+)>/g)].flatMap(
          ([, hex = '']) => hex.match(/.{4}/g) ?? [],
        );
        texts.push(glyphs.map((glyph) => font[Number.parseInt(glyph, 16)] ?? '\u{FFFD}').join(''));
      }
    }
    pages.push(texts);
  }
  return pages;
}
