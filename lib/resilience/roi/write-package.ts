/** Writes a package as it is filed: plain CSV in a zip, streamed, so that memory does not grow with the register. */
import { randomBytes } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { strToU8, Zip, ZipDeflate } from 'fflate';
import { templateCodes, type Row, type Template, type TemplateCode } from './column.ts';
import { packageName, type Filing } from './package-name.ts';
import {
  indicatorsCsv,
  indicatorsPath,
  parametersCsv,
  parametersPath,
  reportJson,
  reportPackageJson,
  reportPackagePath,
  reportPath,
} from './package-parts.ts';
import type { RegisterSource } from './register-source.ts';
import { fileOf, templateOf } from './templates.ts';

/** A cell as RFC 4180 has it. Nothing is put in front of what looks like a formula: authorities read what stands here. */
const cellOf = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

const lineOf = (cells: readonly string[]): string => `${cells.map(cellOf).join(',')}\r\n`;

function rowLine({ code, columns }: Template, row: Row): string {
  const known = new Set(columns.map((column) => column.code));
  for (const column of Object.keys(row))
    if (!known.has(column)) throw new Error(`${code} has no column ${column}`);
  return lineOf(columns.map((column) => row[column.code] ?? ''));
}

/** Characters that are gathered before they are packed. */
const batchLength = 65_536;

/** A zip that grows in a file. */
class ZipFile {
  readonly #handle: FileHandle;
  readonly #zip: Zip;
  #waiting: Uint8Array[] = [];
  #failed: Error | null = null;
  bytes = 0;

  constructor(handle: FileHandle) {
    this.#handle = handle;
    this.#zip = new Zip((error, chunk) => {
      if (error) this.#failed = error;
      else this.#waiting.push(chunk);
    });
  }

  /** Adds a file of these texts. */
  async add(
    name: string,
    madeAt: Date,
    texts: AsyncIterable<string> | Iterable<string>,
  ): Promise<void> {
    const file = new ZipDeflate(name, { level: 6 });
    file.mtime = madeAt;
    this.#zip.add(file);
    for await (const text of texts) {
      file.push(strToU8(text));
      await this.#write();
    }
    file.push(new Uint8Array(0), true);
    await this.#write();
  }

  async end(): Promise<void> {
    this.#zip.end();
    await this.#write();
    await this.#handle.sync();
  }

  async #write(): Promise<void> {
    if (this.#failed) throw this.#failed;
    const chunks = this.#waiting;
    this.#waiting = [];
    for (const chunk of chunks) {
      this.bytes += chunk.length;
      await this.#handle.write(chunk);
    }
  }
}

async function* tableText(
  template: Template,
  source: RegisterSource,
  rows: Map<TemplateCode, number>,
): AsyncGenerator<string> {
  let batch = lineOf(template.columns.map(({ code }) => code));
  let count = 0;
  for await (const row of source.rows(template.code)) {
    count += 1;
    batch += rowLine(template, row);
    if (batch.length < batchLength) continue;
    yield batch;
    batch = '';
  }
  rows.set(template.code, count);
  yield batch;
}

export type PackageOrder = Filing & {
  /** ISO 4217 code of the amounts that have no currency of their own. */
  currency: string;
  madeAt: Date;
  source: RegisterSource;
};

export type WrittenPackage = {
  path: string;
  bytes: number;
  rows: ReadonlyMap<TemplateCode, number>;
};

/** Name that the zip of an order has, without its ending. */
export const nameOfOrder = (order: PackageOrder): string => packageName(order, order.madeAt);

/**
 * Writes the package to a path; a file there is replaced once the new one is whole.
 * @throws the error of the system, or of the source; nothing is left behind then
 */
export async function writePackage(path: string, order: PackageOrder): Promise<WrittenPackage> {
  const { lei, scope, period, currency, madeAt, source } = order;
  const name = nameOfOrder(order);
  const rows = new Map<TemplateCode, number>();
  const growing = `${path}.${randomBytes(6).toString('hex')}.part`;
  // The register names who serves the custodian, and how.
  const handle = await open(growing, 'wx', 0o600);
  try {
    const zip = new ZipFile(handle);
    const add = (file: string, texts: AsyncIterable<string> | Iterable<string>) =>
      zip.add(`${name}/${file}`, madeAt, texts);
    await add(reportPackagePath, [reportPackageJson]);
    await add(reportPath, [reportJson]);
    await add(parametersPath, [parametersCsv({ lei, scope, period }, currency)]);
    await add(indicatorsPath, [indicatorsCsv]);
    for (const code of templateCodes)
      await add(`reports/${fileOf(code)}`, tableText(templateOf(code), source, rows));
    await zip.end();
    await handle.close();
    await rename(growing, path);
    return { path, bytes: zip.bytes, rows };
  } catch (error) {
    await handle.close();
    await rm(growing, { force: true });
    throw error;
  }
}
