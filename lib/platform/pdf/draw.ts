/**
 * Blocks as a PDF, tagged for readers by ear. Its bytes follow from what is given alone: dates and
 * file id are those of the document, and nothing is compressed, because what a compressor puts out
 * differs between its versions.
 */
import PDFDocument from 'pdfkit';
import { page, type Block, type Line, type Setting, type Table } from './blocks.ts';
import { paginate, type Placed } from './pages.ts';
import { loadTypefaces } from './typefaces.ts';

type StructureElement = ReturnType<PDFKit.PDFDocument['struct']>;

const ink = { plain: '#111318', quiet: '#5a6070', rule: '#d5d8df' };
/** Bars stay apart when they are printed in grey. */
const barInk = { full: '#3f4757', track: '#e6e8ec' };

/** What stands on top of each page, three lines at most, and at its foot beside the page's number. */
export type Furniture = { top: readonly string[]; foot: string };

export type PdfDocument = {
  title: string;
  subject: string;
  /** The instant that the file says it was made at. */
  drawnUp: Date;
  blocks: (setting: Setting) => readonly Block[];
  furniture: Furniture;
};

/** @returns the whole file. */
export async function drawPdf(document: PdfDocument): Promise<Buffer> {
  const faces = loadTypefaces();
  const pages = paginate(
    document.blocks({
      widthOf: (text, size, weight) => faces[weight].widthOf(text, size),
      printable: (text) => faces.regular.printable(text),
    }),
  );
  const doc = new PDFDocument({
    size: [page.width, page.height],
    margin: 0,
    pdfVersion: '1.7',
    autoFirstPage: false,
    compress: false,
    tagged: true,
    lang: 'en',
    displayTitle: true,
    // Layout costs less than looking it up, and a cache would grow with the document.
    fontLayoutCache: false,
    // @ts-expect-error the types do not know that null asks for no font at all.
    font: null,
    info: {
      Title: document.title,
      Subject: document.subject,
      Creator: 'Countersign',
      Producer: 'Countersign',
      CreationDate: document.drawnUp,
      ModDate: document.drawnUp,
    },
  });
  const written = collect(doc);
  for (const weight of ['regular', 'strong'] as const)
    // pdfkit takes a font that is parsed already; its types do not say so.
    doc.registerFont(weight, faces[weight].font as unknown as Uint8Array);
  drawPages(doc, pages, document.furniture);
  doc.end();
  return written;
}

function collect(doc: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
}

function drawLine(
  doc: PDFKit.PDFDocument,
  { text, x, y, size, weight, quiet }: Line,
  top: number,
): void {
  doc
    .font(weight)
    .fontSize(size)
    .fillColor(quiet ? ink.quiet : ink.plain);
  doc.text(text, x, top + y, { lineBreak: false });
}

function drawRule(doc: PDFKit.PDFDocument, y: number): void {
  doc.moveTo(page.left, y).lineTo(page.right, y).lineWidth(0.5).strokeColor(ink.rule).stroke();
}

/** The figure of a bar stands beside it in words, so that the bar itself is not read aloud. */
function drawBars(
  doc: PDFKit.PDFDocument,
  { cells }: Extract<Block, { tag: 'TR' }>,
  top: number,
): void {
  for (const { x, y, width, height, tone } of cells.flatMap(({ bars = [] }) => bars))
    doc.rect(x, top + y, width, height).fill(barInk[tone]);
}

/** Draws what is no content, so that it isn't read aloud on each page. */
function asArtifact(
  doc: PDFKit.PDFDocument,
  type: 'Pagination' | 'Layout',
  draw: () => void,
): void {
  doc.markContent('Artifact', { type });
  draw();
  doc.endMarkedContent();
}

function drawFurniture(
  doc: PDFKit.PDFDocument,
  { top, foot }: Furniture,
  number: number,
  of: number,
): void {
  const line = (text: string, x: number, y: number): Line => ({
    text,
    x,
    y,
    size: 7,
    weight: 'regular',
    quiet: true,
  });
  for (const [place, text] of top.entries())
    drawLine(doc, line(text, page.left, 40 + place * 10), 0);
  const count = `Page ${number} of ${of}`;
  drawRule(doc, 74);
  drawLine(doc, line(foot, page.left, 806), 0);
  drawLine(doc, line(count, page.right - loadTypefaces().regular.widthOf(count, 7), 806), 0);
}

function drawPages(
  doc: PDFKit.PDFDocument,
  pages: readonly Placed[][],
  furniture: Furniture,
): void {
  const root = doc.struct('Document');
  doc.addStructure(root);
  // One element for a table, on however many pages its rows are.
  const tables = new Map<Table, StructureElement>();
  const tableOf = (table: Table): StructureElement => {
    const begun = tables.get(table);
    if (begun) return begun;
    const element = doc.struct('Table', { title: table.label });
    tables.set(table, element);
    root.add(element);
    return element;
  };
  for (const [place, blocks] of pages.entries()) {
    doc.addPage();
    asArtifact(doc, 'Pagination', () => {
      drawFurniture(doc, furniture, place + 1, pages.length);
    });
    for (const { block, top, isRepeated } of blocks) {
      const draw = () => {
        drawTexts(doc, block, top);
      };
      if (block.tag === 'TR')
        asArtifact(doc, 'Layout', () => {
          drawRule(doc, top + block.height - 2.5);
          drawBars(doc, block, top);
        });
      if (isRepeated) asArtifact(doc, 'Pagination', draw);
      else if (block.tag === 'TR') tableOf(block.table).add(rowOf(doc, block, top));
      else root.add(doc.struct(block.tag, {}, draw));
    }
  }
  root.end();
}

/** pdfkit takes a scope; its types do not say so. */
const headOptions: object = { scope: 'Column' };

function rowOf(
  doc: PDFKit.PDFDocument,
  row: Extract<Block, { tag: 'TR' }>,
  top: number,
): StructureElement {
  const cells = row.cells.map(({ tag, lines }) =>
    doc.struct(tag, tag === 'TH' ? headOptions : {}, () => {
      for (const line of lines) drawLine(doc, line, top);
    }),
  );
  return doc.struct('TR', {}, cells);
}

function drawTexts(doc: PDFKit.PDFDocument, block: Block, top: number): void {
  const lines = block.tag === 'TR' ? block.cells.flatMap((cell) => cell.lines) : block.lines;
  for (const line of lines) drawLine(doc, line, top);
}
