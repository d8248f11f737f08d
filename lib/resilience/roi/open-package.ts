/** Finds the files of a package in a zip or a folder, under the name that the package has. */
import { open, readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Findings } from './finding.ts';
import { bytesSource, PackageFault, type ByteSource, type PackageFile } from './package-file.ts';
import { readPackageName, type PackageName } from './package-name.ts';
import { readFolder } from './read-folder.ts';
import { readZip } from './read-zip.ts';

export type OpenPackage = {
  /** What its name says; null where it has none that can be read. */
  name: PackageName | null;
  /** By path inside the package, such as `reports/b_01.01.csv`. */
  files: ReadonlyMap<string, PackageFile>;
  close: () => Promise<void>;
};

const nothing = () => Promise.resolve();
const bare = (name: string) => name.replace(/\.zip$/i, '');

/** The one folder that everything lies in; null where there are several, or files beside it. */
function rootOf(files: readonly PackageFile[]): string | null {
  const roots = new Set(files.map(({ path }) => path.slice(0, path.indexOf('/') + 1)));
  const [root = ''] = roots;
  return roots.size === 1 && root !== '' && root !== 'META-INF/' && root !== 'reports/'
    ? root.slice(0, -1)
    : null;
}

function within(files: readonly PackageFile[], root: string | null): Map<string, PackageFile> {
  const from = root === null ? 0 : root.length + 1;
  return new Map(files.map((file) => [file.path.slice(from), file]));
}

/** Whether the zip and the folder inside have the one name of the package. */
function nameOfZip(zip: string, root: string | null, findings: Findings): PackageName | null {
  const outside = readPackageName(zip);
  const inside = root === null ? null : readPackageName(root);
  if (root === null)
    findings.add(
      'package-name',
      {},
      'Everything in the zip lies in one folder that has the name of the package.',
    );
  else if (outside === null && inside === null)
    findings.add(
      'package-name',
      {},
      'Neither the zip nor the folder inside has the name that the filing rules give: LEI, IND or CON, country, DORA010100, DORA, reference date and time of making.',
    );
  else if (outside === null)
    findings.add('file-name', {}, `Name the zip ${root}.zip before it is sent.`);
  else if (root !== zip)
    findings.add('package-name', {}, 'The folder in the zip has another name than the zip.');
  return outside ?? inside;
}

async function openZip(source: ByteSource, name: string, findings: Findings, totalBytes?: number) {
  const files = await readZip(source, totalBytes);
  const root = rootOf(files);
  return { name: nameOfZip(bare(name), root, findings), files: within(files, root) };
}

/**
 * A package that was sent as a zip.
 * @param totalBytes that it may unfold to
 * @throws PackageFault where it can't be read
 */
export async function openSentPackage(
  bytes: Uint8Array,
  name: string,
  findings: Findings,
  totalBytes?: number,
): Promise<OpenPackage> {
  return { ...(await openZip(bytesSource(bytes), name, findings, totalBytes)), close: nothing };
}

async function openFile(path: string, findings: Findings): Promise<OpenPackage> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const source: ByteSource = {
      size,
      read: async (at, length) => {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at);
        return buffer.subarray(0, bytesRead);
      },
    };
    const found = await openZip(source, basename(path), findings);
    return { ...found, close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function openFolder(path: string, findings: Findings): Promise<OpenPackage> {
  const files = await readFolder(path);
  const root = rootOf(files);
  const called = root ?? basename(path);
  const name = readPackageName(called);
  // Unpacked, it may lie in any folder; one that is meant to have the name of a filing must have it.
  if (name === null && /DORA/i.test(called))
    findings.add(
      'package-name',
      {},
      'The folder has no name that the filing rules give: LEI, IND or CON, country, DORA010100, DORA, reference date and time of making.',
    );
  return { name, files: within(files, root), close: nothing };
}

/**
 * Opens a zip, an unpacked package, or a folder in which one of them lies alone.
 * @throws PackageFault where it is no package that can be read; the error of the system where there is nothing
 */
export async function openPackage(path: string, findings: Findings): Promise<OpenPackage> {
  const at = resolve(path);
  const kind = await stat(at);
  if (kind.isFile()) return openFile(at, findings);
  if (!kind.isDirectory())
    throw new PackageFault('package', 'This is neither a file nor a folder.');
  const [only, ...others] = await readdir(at);
  return only !== undefined && others.length === 0 && /\.zip$/i.test(only)
    ? openFile(join(at, only), findings)
    : openFolder(at, findings);
}
