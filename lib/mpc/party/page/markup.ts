/** HTML with everything from outside escaped; there is no other way to put a value on the page. */

/** Text that is HTML already. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Piece = Markup | string | number | null | Piece[];

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string =>
  text.replaceAll(/[&<>"']/gu, (character) => escapes[character] ?? '');

function toText(piece: Piece): string {
  if (piece === null) return '';
  if (piece instanceof Markup) return piece.text;
  if (typeof piece === 'string') return escape(piece);
  return typeof piece === 'number' ? String(piece) : piece.map(toText).join('');
}

export function html(fixed: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return new Markup(
    fixed.reduce((all, part, place) => all + toText(pieces[place - 1] ?? null) + part),
  );
}
