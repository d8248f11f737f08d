/**
 * Looks through a workbook (XLSX) before anything is read from it: bounds, macros, links to elsewhere, formulas. What is
 * read afterwards is a copy of the parts that were looked through, so that no other program can see more in the file.
 */
import { zipSync, type Zippable } from 'fflate';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { roiBounds } from './bounds.ts';
import { bytesSource, PackageFault, type PackageFile } from './package-file.ts';
import { textOf } from './read-text.ts';
import { readZip } from './read-zip.ts';

/** What keeps a workbook from being taken; a cell is named as programs show it, such as C5. */
export type SheetFault = { sheet: string | null; cell: string | null; reason: string };

/** Faults that are named at once. */
const faultsMax = 200;
/** Rows and columns beyond which no cell of a register lies; the widest template has 19 columns. */
const rowsMax = 100_001;
const columnsMax = 60;
/** A register has 15 sheets; there may be some with notes beside them. */
const sheetsMax = 40;
/**
 * Cells of all sheets, from the first to the last row and column of each: the reader holds the empty ones between
 * them, too. As many as the rows of an import in the widest template, and room for notes.
 */
const areaMax = 2_500_000;

const forbidden: readonly [RegExp, string][] = [
  [/vbaProject|\/macrosheets\//i, 'It has macros. Save it without, as XLSX.'],
  [
    /^xl\/externalLinks\//i,
    'It has links to other workbooks. Replace them by their values and break the links.',
  ],
  [/^xl\/(?:embeddings|activeX|ctrlProps)\//i, 'It has something embedded. Remove it.'],
  [
    /^xl\/(?:connections\.xml|queryTables\/|model\/)/i,
    'It has connections to data elsewhere. Remove them.',
  ],
  [/^customUI|\.(?:exe|dll|zip|xlsm|xlsb|docm)$/i, 'It has something that is no table. Remove it.'],
];

const local = (name: string): string => name.slice(name.indexOf(':') + 1);
/** @throws PackageFault where a tag has two of the name, of which another reader may take the other */
function attribute({ attributes }: SaxesTagPlain, name: string): string | null {
  const [found, ...more] = Object.entries(attributes).filter(
    ([key]) => local(key) === name && !key.startsWith('xmlns:'),
  );
  if (more.length > 0)
    throw new PackageFault('package', 'The workbook says where things are twice.');
  return found?.[1] ?? null;
}

/** Column of a cell as a number from 1, and its row. */
function placeOf(cell: string): { column: number; row: number } | null {
  const { letters = '', row = '' } =
    /^(?<letters>[A-Z]{1,3})(?<row>[1-9]\d{0,6})$/.exec(cell)?.groups ?? {};
  if (letters === '') return null;
  let column = 0;
  for (const letter of letters) column = column * 26 + Number.parseInt(letter, 36) - 9;
  return { column, row: Number(row) };
}

type See = (tag: SaxesTagPlain, parent: string | null) => void;

/** @throws PackageFault for what is no XML, or has a document type of its own */
async function eachTag(file: PackageFile, see: See): Promise<void> {
  const parser = new SaxesParser();
  const open: string[] = [];
  const broken = () => new PackageFault('package', `${file.path} can’t be read.`);
  parser.on('doctype', () => {
    throw broken();
  });
  parser.on('error', () => {
    throw broken();
  });
  parser.on('opentag', (tag) => {
    see(tag, open.at(-1) ?? null);
    open.push(local(tag.name));
  });
  parser.on('closetag', () => {
    open.pop();
  });
  for await (const text of textOf(file, file.path, () => undefined)) parser.write(text);
  parser.close();
}

/** Where the reader of workbooks looks for a part, so that what is looked through is what it reads. */
const partAt = (target: string): string =>
  target.startsWith('/') ? target.slice(1) : `xl/${target}`;

/** Names of sheets by the path of their file. @throws PackageFault for too many, and for two of one file */
async function sheetNames(files: ReadonlyMap<string, PackageFile>): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  const relations = files.get('xl/_rels/workbook.xml.rels');
  if (relations)
    await eachTag(relations, (tag) => {
      const target = attribute(tag, 'Target');
      if (target !== null) targets.set(attribute(tag, 'Id') ?? '', partAt(target));
    });
  const names = new Map<string, string>();
  let count = 0;
  const workbook = files.get('xl/workbook.xml');
  if (workbook)
    await eachTag(workbook, (tag) => {
      if (local(tag.name) !== 'sheet') return;
      count += 1;
      if (count > sheetsMax)
        throw new PackageFault('package-bounds', `A workbook has at most ${sheetsMax} sheets.`);
      const path = targets.get(attribute(tag, 'id') ?? '');
      if (path === undefined) return;
      if (names.has(path))
        throw new PackageFault('package', 'Two sheets are one. Save the workbook anew.');
      names.set(path, attribute(tag, 'name') ?? path);
    });
  return names;
}

class Scan {
  readonly faults: SheetFault[] = [];
  #count = 0;
  #area = 0;

  add(sheet: string | null, cell: string | null, reason: string): void {
    this.#count += 1;
    if (this.#count <= faultsMax) this.faults.push({ sheet, cell, reason });
  }

  /** Cells that are more than their value, or lie where nothing is. */
  async lookAt(file: PackageFile, sheet: string): Promise<void> {
    let cell: string | null = null;
    let rows = 0;
    const last = { row: 0, column: 0 };
    await eachTag(file, (tag, parent) => {
      const name = local(tag.name);
      if (name === 'row') {
        rows += 1;
        if (rows > rowsMax)
          throw new PackageFault('package-bounds', `A sheet has at most ${rowsMax} rows.`);
        const row = attribute(tag, 'r');
        this.#checkRow(sheet, row);
        last.row = Math.max(last.row, rows, Number(row ?? 0));
      }
      if (name === 'c' && parent === 'row') {
        cell = attribute(tag, 'r');
        const place = placeOf(cell ?? '');
        last.row = Math.max(last.row, place?.row ?? 0);
        last.column = Math.max(last.column, place?.column ?? 0);
        if (place === null) this.add(sheet, null, 'A cell has no place. Save the workbook anew.');
        else if (place.column > columnsMax || place.row > rowsMax)
          this.add(sheet, cell, 'This cell lies far outside of any register. Clear it.');
        if (attribute(tag, 't') === 'e') this.add(sheet, cell, 'This cell shows an error.');
      }
      if (name === 'f' && parent === 'c')
        this.add(sheet, cell, 'This cell has a formula. Put its value there.');
    });
    // A row takes room of its own, whether anything is in it or not.
    this.#area += last.row * (last.column + 2);
    // Where something lies far outside that is said, and nothing is read.
    if (this.faults.length === 0 && this.#area > areaMax)
      throw new PackageFault(
        'package-bounds',
        'The cells of the workbook lie farther apart than a register has room for. Clear those far from the tables.',
      );
  }

  #checkRow(sheet: string, row: string | null): void {
    if (row !== null && !(Number(row) >= 1 && Number(row) <= rowsMax))
      this.add(sheet, null, `There is a row ${row.slice(0, 20)}, far outside of any register.`);
  }
}

async function bytesOf(file: PackageFile): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of file.open()) parts.push(part);
  return Buffer.concat(parts);
}

const isRead = (path: string): boolean => /\.xml(?:\.rels)?$/.test(path);

/**
 * @returns a workbook of the same sheets that can be read without care, or what is wrong with it
 */
export async function scanWorkbook(
  bytes: Uint8Array,
): Promise<{ workbook: Uint8Array } | { faults: readonly SheetFault[] }> {
  const scan = new Scan();
  try {
    if (bytes.length > roiBounds.workbookBytes)
      throw new PackageFault('package-bounds', 'A workbook has at most 10 MiB.');
    const files = new Map((await readZip(bytesSource(bytes))).map((file) => [file.path, file]));
    const total = [...files.values()].reduce((sum, file) => sum + file.bytes, 0);
    if (total > roiBounds.sheetBytes)
      throw new PackageFault('package-bounds', 'The workbook unfolds to more than a register has.');
    if (!files.has('[Content_Types].xml') || !files.has('xl/workbook.xml'))
      throw new PackageFault('package', 'This is no workbook in the format XLSX.');
    for (const [pattern, reason] of forbidden)
      if ([...files.keys()].some((path) => pattern.test(path))) scan.add(null, null, reason);
    if (scan.faults.length > 0) return { faults: scan.faults };
    const names = await sheetNames(files);
    const copy: Zippable = {};
    for (const [path, file] of files) {
      if (!isRead(path)) continue;
      await scan.lookAt(file, names.get(path) ?? path);
      copy[path] = await bytesOf(file);
    }
    return scan.faults.length > 0
      ? { faults: scan.faults }
      : { workbook: zipSync(copy, { level: 0 }) };
  } catch (error) {
    if (!(error instanceof PackageFault)) throw error;
    return { faults: [{ sheet: null, cell: null, reason: error.message }] };
  }
}
