/** All source files of the house, found on the disk and, independently, by git. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { projectRoot } from '../supervisor/settings.ts';
import { readSource, type SourceFile } from './read-file.ts';

const FOLDERS = ['app', 'components', 'lib', 'scripts', 'e2e', 'prisma', 'deploy', 'docs'];
const IS_SOURCE = /\.(?:tsx?|m[jt]s|c[jt]s|jsx?)$/;
/** Written by a tool at each machine, ignored by git and by the law. */
const isGenerated = (path: string): boolean =>
  path.startsWith('lib/platform/db/generated') || path === 'next-env.d.ts';

function walk(folder: string): string[] {
  let entries;
  try {
    entries = readdirSync(join(projectRoot, folder), { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (isGenerated(path)) return [];
    if (entry.isDirectory()) return FOLDERS.includes(path.split('/')[0] ?? '') ? walk(path) : [];
    return IS_SOURCE.test(path) ? [path] : [];
  });
}

/** Reads and parses every source file on the disk. */
export const readTree = (): SourceFile[] =>
  walk('.').map((path) => readSource(path, readFileSync(join(projectRoot, path), 'utf8')));

/**
 * What git lists as ours, committed or not yet.
 * @throws when git can't say, for then nobody knows whether all files were looked at
 */
export function filesOfGit(): string[] {
  const output = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    { cwd: projectRoot, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const deleted = new Set(
    execFileSync('git', ['ls-files', '-z', '--deleted'], {
      cwd: projectRoot,
      encoding: 'utf8',
    }).split('\0'),
  );
  return output
    .split('\0')
    .filter((path) => IS_SOURCE.test(path) && !isGenerated(path) && !deleted.has(path));
}
