/**
 * Texts of any length as rows of a print. People may save far more than anybody reads on paper, and drawing it holds up
 * everybody else on the server; so a print ends somewhere, says where, and the document has the rest. Pure.
 */
import { bottomOf, type Column, type Line, type Style } from '#lib/platform/pdf/blocks.ts';

/** As many lines as surely fit on a page; a longer text goes on in the next row. */
const linesOfRow = 50;
/** Of one text: more than the longest that may be sent takes in columns of forty letters. */
const linesOfText = 1_000;
/** Of all texts of a print: about a hundred pages. */
const linesOfPrint = 5_000;
/** More characters than any line of a print has, so that no more is broken into lines than is printed. */
const charactersOfLine = 400;

type Place = (text: string, column: Column, style: Style, y?: number) => Line[];

/**
 * Makes rows of the texts of one print, in their order.
 * @returns for each text its lines, in pieces that each fit on a page; at least one piece.
 */
export function longTexts(
  place: Place,
  column: Column,
  body: Style,
): (words: string, quiet: boolean) => Line[][] {
  let printed = 0;
  return (words, quiet) => {
    const most = Math.min(linesOfText, linesOfPrint - printed);
    const style = { ...body, quiet };
    const { lines, y, isCut } = fill(words, most, (text, from) => place(text, column, style, from));
    printed += lines.length;
    if (isCut)
      lines.push(
        ...place(
          `${most > 0 ? 'The rest of this text' : 'This text'} is not printed. The document has all of its ${words.length} characters.`,
          column,
          { ...body, quiet: true },
          y,
        ),
      );
    return piecesOf(lines);
  };
}

/** The first lines of a text with its own line ends, and where the last of them ends. */
function fill(
  words: string,
  most: number,
  placed: (text: string, y: number) => Line[],
): { lines: Line[]; y: number; isCut: boolean } {
  const lines: Line[] = [];
  let y = 0;
  for (const paragraph of words.split(/\r\n|[\r\n]/)) {
    const left = most - lines.length;
    const text = paragraph.replaceAll('\t', ' ').slice(0, left * charactersOfLine);
    const made = placed(text, y);
    lines.push(...made.slice(0, left));
    y = Math.max(y, bottomOf(made.slice(0, left)));
    if (made.length > left || text.length < paragraph.length) return { lines, y, isCut: true };
  }
  return { lines, y, isCut: false };
}

const piecesOf = (lines: readonly Line[]): Line[][] =>
  Array.from({ length: Math.max(1, Math.ceil(lines.length / linesOfRow)) }, (_, piece) => {
    const part = lines.slice(piece * linesOfRow, (piece + 1) * linesOfRow);
    const top = part[0]?.y ?? 0;
    return part.map((line) => ({ ...line, y: line.y - top }));
  });
