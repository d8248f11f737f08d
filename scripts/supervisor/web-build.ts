/**
 * Builds the web server when there is no build of its sources yet. Each build has a folder of its
 * own, named after the sources, so that a later one (of another start, or of the tests) never
 * takes the files away from under a server that runs.
 */
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { nodeCommand } from './node-command.ts';
import { Problem } from './problem.ts';
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
/** Where `next build` writes; the finished build is copied from here. */
const WORKSHOP = '.next';
/** Beside the workshop, because its links to packages are relative. */
const BUILD_NAME = /^\.next-[0-9a-f]{16}$/;
const STAMP = 'countersign-stamp';
/** Builds in use are among the last few that were asked for. */
const BUILDS_KEPT = 4;
/** What Next says when a second build begins in the same workshop. */
const NEXT_IS_BUSY = 'Another next build process is already running';

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

const stampOf = (folder: string): string => join(projectRoot, folder, STAMP);

/**
 * Keeps what a running server needs: neither the compiler's cache nor the types for the editor.
 * @param isWhole whether it is of the very sources it is named after; only then it is used again
 */
function keepBuild(folder: string, isWhole: boolean): void {
  const part = join(projectRoot, `${folder}.part`);
  rmSync(part, { recursive: true, force: true });
  const workshop = join(projectRoot, WORKSHOP);
  const left = new Set(
    ['cache', 'dev', 'types', 'trace', 'trace-build'].map((name) => join(workshop, name)),
  );
  cpSync(workshop, part, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !left.has(source),
  });
  if (isWhole) writeFileSync(join(part, STAMP), folder);
  rmSync(join(projectRoot, folder), { recursive: true, force: true });
  renameSync(part, join(projectRoot, folder));
}

function dropOldBuilds(): void {
  const builds = readdirSync(projectRoot).filter((name) => BUILD_NAME.test(name));
  const usedAt = (folder: string): number =>
    statSync(existsSync(stampOf(folder)) ? stampOf(folder) : join(projectRoot, folder)).mtimeMs;
  const old = builds.toSorted((a, b) => usedAt(b) - usedAt(a)).slice(BUILDS_KEPT);
  for (const folder of old) rmSync(join(projectRoot, folder), { recursive: true, force: true });
}

/** What to tell somebody of a build that failed; a second one at a time has nothing wrong with it. */
export function buildFault(error: unknown): unknown {
  if (!(error instanceof Problem) || !error.message.includes(NEXT_IS_BUSY)) return error;
  return new Problem(
    'Another start, or the tests, are building the web server from this folder. Wait until they have, then start again: their build serves this start as well.',
  );
}

/** A build of the web server: its folder under the project, and whether it had to be made. */
export type WebBuild = { folder: string; isNew: boolean };

/**
 * Makes sure that there is a build of the sources as they are.
 * @throws Problem with the build's last lines when it fails
 */
export async function ensureBuild(options: {
  onLine: (line: string) => void;
  signal?: AbortSignal;
}): Promise<WebBuild> {
  const hash = sourcesHash();
  const folder = `.next-${hash.slice(0, 16)}`;
  if (existsSync(stampOf(folder))) {
    const now = new Date();
    utimesSync(stampOf(folder), now, now);
    return { folder, isNew: false };
  }
  // The build holds no secret: the key for server actions is given to the server when it starts.
  const command = nodeCommand('node_modules/next/dist/bin/next', { args: ['build'] });
  try {
    await runTask({ title: 'The build of the web server', command, ...options });
  } catch (error) {
    throw buildFault(error);
  }
  const isWhole = sourcesHash() === hash;
  if (!isWhole)
    options.onLine('Source files changed during the build, so the next start will build again.');
  keepBuild(folder, isWhole);
  dropOldBuilds();
  return { folder, isNew: true };
}
