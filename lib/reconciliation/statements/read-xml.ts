/**
 * XML from outside as a tree of elements, read strictly: no document type, no entities but the five
 * of XML itself, one namespace, bounded depth and number. Attributes and comments are left out, but
 * for the attribute asked for. Pure.
 */
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { lineIndex } from './line-index.ts';
import { StatementFault } from './refusal.ts';

export type XmlElement = {
  name: string;
  line: number;
  column: number;
  /** Of the attribute `Ccy`, the only one that the messages have. */
  currency: string | null;
  children: XmlElement[];
  /** Of a leaf; blanks between elements are dropped. */
  text: string;
};

export const xmlLimits = { depth: 40, elements: 2_000_000, attributes: 16, text: 20_000 } as const;

export type XmlRules = {
  /** Looks at the root's namespace. @throws StatementFault for one that is not read. */
  checkRoot: (root: { name: string; namespace: string; line: number; column: number }) => void;
  /** Everything inside this element is another's business and is left out. */
  opaque: string;
  /** Called with an element of this name when it ends; it does not stay in the tree. */
  folded: string;
  onFolded: (element: XmlElement, parent: XmlElement) => void;
};

const blank = /^[ \t\r\n]*$/;

/**
 * @returns the root.
 * @throws StatementFault at the first place that is not as it must be.
 */
export function readXml(text: string, rules: XmlRules): XmlElement {
  const reader = new XmlReader(text, rules);
  return reader.read();
}

class XmlReader {
  readonly #text: string;
  readonly #rules: XmlRules;
  readonly #placeOf;
  readonly #parser = new SaxesParser({ xmlns: true });
  readonly #open: XmlElement[] = [];
  #root: XmlElement | null = null;
  #namespace = '';
  #elements = 0;
  #attributes = 0;
  /** Depth inside the opaque element; 0 outside. */
  #hidden = 0;
  #isEnding = false;

  constructor(text: string, rules: XmlRules) {
    this.#text = text;
    this.#rules = rules;
    this.#placeOf = lineIndex(text);
    const parser = this.#parser;
    parser.on('error', () => this.#refuseSyntax());
    parser.on('xmldecl', ({ version, encoding }) => this.#declared(version, encoding));
    parser.on('doctype', () => this.#refuseDoctype(this.#index()));
    parser.on('opentagstart', () => {
      this.#attributes = 0;
    });
    parser.on('attribute', () => this.#countAttribute());
    parser.on('opentag', (tag) => this.#opened(tag));
    parser.on('text', (piece) => this.#said(piece));
    parser.on('cdata', (piece) => this.#said(piece));
    parser.on('closetag', () => this.#closed());
  }

  read(): XmlElement {
    const doctype = findDoctype(this.#text);
    if (doctype !== -1) this.#refuseDoctype(doctype);
    this.#parser.write(this.#text);
    this.#isEnding = true;
    this.#parser.close();
    if (!this.#root) throw new Error('The XML parser came to an end without a root.');
    return this.#root;
  }

  #index(): number {
    return Math.max(this.#parser.position - 1, 0);
  }

  #refuseSyntax(): never {
    if (this.#isEnding)
      throw new StatementFault(
        'truncated',
        this.#placeOf(this.#text.length),
        'The file ends before its XML does. Fetch it from the bank again.',
      );
    throw new StatementFault(
      'xml-malformed',
      this.#placeOf(this.#index()),
      'This is no well-formed XML. Import the file as it came from the bank.',
    );
  }

  #refuseDoctype(index: number): never {
    throw new StatementFault(
      'doctype',
      this.#placeOf(index),
      'The file has a document type declaration (DOCTYPE), which no bank statement has.',
    );
  }

  #declared(version: string | undefined, encoding: string | undefined): void {
    if (version !== '1.0')
      throw new StatementFault('xml-malformed', this.#placeOf(0), 'Only XML 1.0 is read.');
    if (encoding !== undefined && encoding.toUpperCase() !== 'UTF-8')
      throw new StatementFault(
        'encoding-unsupported',
        this.#placeOf(0),
        'The file says that it is in another encoding than UTF-8. Ask the bank for UTF-8.',
      );
  }

  #countAttribute(): void {
    this.#attributes += 1;
    if (this.#attributes > xmlLimits.attributes) this.#refuseSize('attributes on one element');
  }

  #refuseSize(what: string): never {
    throw new StatementFault(
      'too-many-elements',
      this.#placeOf(this.#index()),
      `The file has more ${what} than a bank statement has.`,
    );
  }

  #opened(tag: SaxesTagNS): void {
    this.#elements += 1;
    if (this.#elements > xmlLimits.elements) this.#refuseSize('elements');
    // An attribute's value cannot hold the sign, so the last one begins this tag.
    const place = this.#placeOf(this.#text.lastIndexOf('<', this.#index()));
    if (this.#open.length + this.#hidden >= xmlLimits.depth)
      throw new StatementFault(
        'too-deep',
        place,
        'Elements stand inside each other too deep here.',
      );
    if (this.#hidden > 0) {
      this.#hidden += 1;
      return;
    }
    if (!this.#root) {
      this.#rules.checkRoot({ name: tag.local, namespace: tag.uri, ...place });
      this.#namespace = tag.uri;
    } else if (tag.uri !== this.#namespace) {
      throw new StatementFault(
        'namespace-unsupported',
        place,
        'This element is of another namespace than the statement.',
      );
    }
    const element: XmlElement = {
      name: tag.local,
      ...place,
      currency: tag.attributes['Ccy']?.value ?? null,
      children: [],
      text: '',
    };
    const parent = this.#open.at(-1);
    if (parent && !blank.test(parent.text)) this.#refuseMixed(place);
    if (element.name === this.#rules.opaque) this.#hidden = 1;
    else if (parent && element.name !== this.#rules.folded) parent.children.push(element);
    this.#root ??= element;
    if (this.#hidden === 0) this.#open.push(element);
  }

  #said(piece: string): void {
    const element = this.#open.at(-1);
    if (this.#hidden > 0 || !element) return;
    if (element.text.length + piece.length > xmlLimits.text)
      this.#refuseSize('text in one element');
    if (element.children.length > 0) {
      if (!blank.test(piece)) this.#refuseMixed(this.#placeOf(this.#index()));
      return;
    }
    element.text += piece;
  }

  #refuseMixed(place: { line: number; column: number }): never {
    throw new StatementFault('structure', place, 'Text and elements stand side by side here.');
  }

  #closed(): void {
    if (this.#hidden > 0) {
      this.#hidden -= 1;
      return;
    }
    const element = this.#open.pop();
    if (!element) throw new Error('The XML parser closed more than it opened.');
    if (element.children.length > 0) element.text = '';
    const parent = this.#open.at(-1);
    if (parent && element.name === this.#rules.folded) this.#rules.onFolded(element, parent);
  }
}

/**
 * Where a document type declaration begins, or -1. It can stand only before the root, after
 * declarations, comments and blanks, so it is found before anything of it is read.
 */
function findDoctype(text: string): number {
  const skipped = /[ \t\r\n]+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->/uy;
  let at = 0;
  while (skipped.test(text)) at = skipped.lastIndex;
  return text.startsWith('<!DOCTYPE', at) ? at : -1;
}
