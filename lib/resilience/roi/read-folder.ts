/** Reads an unpacked package from a folder: plain files only, within the bounds. */
import { createReadStream } from 'node:fs';
import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { roiBounds } from './bounds.ts';
import { nameFault, PackageFault, type PackageFile } from './package-file.ts';

const depthMax = 4;

async function* fileBytes(path: string, name: string, bytes: number) {
  let length = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > bytes) throw new PackageFault('package', `${name} grew while it was read.`);
    yield chunk;
  }
}

/**
 * Files of a folder and of the folders in it.
 * @throws PackageFault beyond the bounds or for what is no plain file; the error of the system where it can't be read
 */
export async function readFolder(folder: string): Promise<PackageFile[]> {
  const files: PackageFile[] = [];
  let entries = 0;
  let total = 0;
  const walk = async (inside: string, depth: number): Promise<void> => {
    for await (const entry of await opendir(join(folder, inside))) {
      const name = inside === '' ? entry.name : `${inside}/${entry.name}`;
      entries += 1;
      if (entries > roiBounds.entries || depth > depthMax)
        throw new PackageFault('package-bounds', 'The folder holds more than a package does.');
      const fault = nameFault(name);
      if (fault !== null) throw new PackageFault('package', `A file in the folder ${fault}.`);
      if (entry.isDirectory()) {
        await walk(name, depth + 1);
        continue;
      }
      const path = join(folder, name);
      const { size } = await lstat(path);
      // What a link leads to, or a device holds, is not in the package.
      if (!entry.isFile()) throw new PackageFault('package', `${name} is no plain file.`);
      total += size;
      if (size > roiBounds.fileBytes || total > roiBounds.totalBytes)
        throw new PackageFault('package-bounds', `${name} is larger than a register has.`);
      files.push({ path: name, bytes: size, open: () => fileBytes(path, name, size) });
    }
  };
  await walk('', 1);
  return files;
}
