/** Builds the web server when its sources are others than those of the build at hand. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeCommand } from './node-command.ts';
import { runTask } from './task.ts';
import { projectRoot } from './settings.ts';

/** What `next build` reads; tests and scripts are not among it. */
const SOURCE_FOLDERS = ['app', 'components', 'lib', 'public'];
const SOURCE_FILES = [
  'next.config.mjs',
  'postcss.config.mjs',
  'proxy.ts',
  'instrumentation.ts',
  'instrumentation-client.ts',
  'package-lock.json',
  'package.json',
  'tsconfig.json',
];
const stampFile = join(projectRoot, '.next', 'countersign-stamp');

function* filesOf(folder: string): Generator<string> {
  const entries = readdirSync(join(projectRoot, folder), { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* filesOf(path);
    else if (entry.isFile() && !/\.(?:test|prop|e2e)\.[a-z]+$/.test(entry.name)) yield path;
  }
}

function readOrEmpty(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}

/** Hash of everything the build depends on. */
export function sourcesHash(): string {
  const hash = createHash('sha256');
  for (const folder of SOURCE_FOLDERS)
    for (const path of filesOf(folder)) {
      const content = readOrEmpty(join(projectRoot, path));
      hash.update(`${path}\0${content.length}\0`).update(content);
    }
  for (const path of SOURCE_FILES)
    hash.update(`${path}\0`).update(readOrEmpty(join(projectRoot, path)));
  return hash.digest('hex');
}

const isFresh = (hash: string): boolean => readOrEmpty(stampFile).toString() === hash;

/**
 * Makes `.next` fit the sources.
 * @returns whether a build was needed
 * @throws Problem with the build's last lines when it fails
 */
export async function ensureBuild(options: {
  onLine: (line: string) => void;
  signal?: AbortSignal;
}): Promise<boolean> {
  const hash = sourcesHash();
  if (isFresh(hash)) return false;
  // The build holds no secret: the key for server actions is given to the server when it starts.
  const command = nodeCommand('node_modules/next/dist/bin/next', { args: ['build'] });
  await runTask({ title: 'The build of the web server', command, ...options });
  writeFileSync(stampFile, hash);
  return true;
}
