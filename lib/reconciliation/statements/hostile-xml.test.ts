import { expect, test } from 'vitest';
import { xmlLimits } from './read-xml.ts';
import { statementLimits } from './statement.ts';
import { renderCamt } from '#lib/sandbox/banks/render-statement.ts';
import { bytesOf, refusalOf, sampleEntry, sampleStatement } from './testing/samples.ts';

const good = renderCamt(sampleStatement());
const [declaration = '', ...rest] = good.split('\n');
/** The sample with something between its declaration and its root. */
const before = (text: string): string => [declaration, text, ...rest].join('\n');

test('entities that grow into gigabytes are refused at the document type, before any is read', () => {
  const bomb = before(
    `<!-- a\nremark --><?pi x?>\n<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`,
  ).replace('C-20418', '&b;');
  expect(refusalOf(bomb)).toMatchObject({ code: 'doctype', line: 4, column: 1 });
});

test('a document type is refused although its end never comes', () => {
  expect(refusalOf(`<!DOCTYPE x [ ${'<!ENTITY a "b">'.repeat(1_000)}`).code).toBe('doctype');
});

test.each([
  ['an external document type', '<!DOCTYPE Document SYSTEM "http://127.0.0.1/x.dtd">'],
  ['an external entity', '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'],
  ['parameter entities', '<!DOCTYPE d [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>'],
])('%s is refused and nothing is fetched', (_, text) => {
  expect(refusalOf(before(text))).toMatchObject({ code: 'doctype', line: 2, column: 1 });
});

test('a document type inside the root or in small letters is refused as no XML', () => {
  expect(refusalOf(good.replace('<Stmt>', '<Stmt><!DOCTYPE x>')).code).toBe('xml-malformed');
  expect(refusalOf(before('<!doctype x>')).code).toBe('xml-malformed');
});

test('an entity that XML itself does not have is refused at its line', () => {
  expect(refusalOf(good.replace('C-20418', '&nbsp;'))).toMatchObject({
    code: 'xml-malformed',
    line: 12,
  });
  expect(refusalOf(good.replace('C-20418', '&#0;')).code).toBe('xml-malformed');
  expect(refusalOf(good.replace('C-20418', '&#x1F;')).code).toBe('xml-malformed');
});

test('elements nested a hundred thousand deep are refused at the limit', () => {
  const deep = good.replace('<GrpHdr>', `<GrpHdr>${'<a>'.repeat(100_000)}`);
  expect(refusalOf(deep)).toMatchObject({ code: 'too-deep', line: 3 });
  const hidden = good.replace(
    '</Stmt>',
    `<SplmtryData>${'<a>'.repeat(100_000)}</SplmtryData></Stmt>`,
  );
  expect(refusalOf(hidden).code).toBe('too-deep');
});

test('a flood of attributes or of text is refused at the limit', () => {
  const attributes = Array.from({ length: 50_000 }, (_, index) => ` a${index}=""`).join('');
  expect(refusalOf(good.replace('<GrpHdr>', `<GrpHdr${attributes}>`)).code).toBe(
    'too-many-elements',
  );
  const text = good.replace('C-20418', 'x'.repeat(xmlLimits.text + 1));
  expect(refusalOf(text).code).toBe('too-many-elements');
});

test('a file of more bytes or more entries than the limit is refused', () => {
  expect(refusalOf(new Uint8Array(statementLimits.bytes + 1).fill(32)).code).toBe('too-large');
  const [opened = '', entry = '', , closed = ''] =
    /^([\s\S]*?)(<Ntry>.*<\/Ntry>)\n(<Ntry>.*<\/Ntry>)\n([\s\S]*)$/.exec(good)?.slice(1) ?? [];
  const short = entry.replace(/<NtryDtls>.*<\/NtryDtls>/, '');
  const many = opened + short.repeat(statementLimits.entries + 1) + closed;
  expect(refusalOf(many).code).toBe('too-many-entries');
});

test.each<[string, Uint8Array]>([
  ['UTF-16, small end first', Uint8Array.of(0xff, 0xfe, ...Buffer.from(good, 'utf16le'))],
  ['UTF-16 without a mark', new Uint8Array(Buffer.from(good, 'utf16le'))],
  ['UTF-16, great end first', Uint8Array.of(0xfe, 0xff, ...Buffer.from(good, 'utf16le').swap16())],
  ['UTF-32', Uint8Array.of(0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0)],
  ['another encoding by its declaration', bytesOf(good.replace('UTF-8', 'ISO-8859-1'))],
])('%s is refused by name', (_, bytes) => {
  const refusal = refusalOf(bytes);
  expect(refusal.code).toBe('encoding-unsupported');
  expect(refusal.sentence).toMatch(/UTF-/);
});

test('bytes that are no UTF-8 are refused at their line', () => {
  const latin = Buffer.from(good.replace('C-20418', 'Gebühr'), 'latin1');
  expect(refusalOf(new Uint8Array(latin))).toMatchObject({ code: 'not-utf-8', line: 12 });
  const overlong = Buffer.from(good.replace('C-20418', '\u{1}\u{2}'), 'latin1').map((byte) =>
    byte === 1 ? 0xc0 : byte === 2 ? 0xaf : byte,
  );
  expect(refusalOf(new Uint8Array(overlong))).toMatchObject({ code: 'not-utf-8', line: 12 });
  const zero = good.replace('C-20418', '\u{0}');
  expect(refusalOf(zero)).toMatchObject({ code: 'not-utf-8', line: 12 });
});

test.each([
  ['nothing', ''],
  ['blanks', '  \n '],
  ['a web page', '<!DOCTYPE html><html></html>'],
  ['JSON', '{"iban":"x"}'],
  ['a root and another', `${good}<x/>`],
  ['an unbound prefix', good.replace('<Stmt>', '<x:Stmt>')],
  ['a closing tag that does not match', good.replace('</Stmt>', '</Stnt>')],
  ['XML 1.1', good.replace('version="1.0"', 'version="1.1"')],
  ['a declaration that is not first', `\n${good}`],
])('%s is no statement', (_, text) => {
  expect(refusalOf(text).sentence).not.toBe('');
});

test('a refusal repeats nothing that stands in the file', () => {
  const secret = 'zzSECRETzz';
  const files = [
    good.replace('<Stmt>', `<${secret}:Stmt>`),
    good.replace('</Stmt>', `</${secret}>`),
    good.replace('C-20418', `&${secret};`),
    good.replace('BOOK', secret),
    good.replace('>250.00<', `>${secret}<`),
    good.replace('2026-11-26</Dt>', `${secret}</Dt>`),
    good.replace('Ccy="EUR">250', `Ccy="${secret}">250`),
    good.replace('AT119990000001234501', secret).replace('DE28', secret),
    before(`<!DOCTYPE ${secret}>`),
    renderCamt(sampleStatement({ entries: [sampleEntry({ reference: secret.repeat(5) })] })),
  ];
  for (const file of files) expect(JSON.stringify(refusalOf(file))).not.toContain(secret);
});
