/** Finds a Chromium for the browser tests, or gets one. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { Problem } from '../supervisor/problem.ts';
import { pinnedNode, projectRoot } from '../supervisor/settings.ts';

const COMMON_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Path of an installed Chromium, or null. */
export function findChromium(): string | null {
  const chosen = process.env['COUNTERSIGN_CHROMIUM'];
  if (chosen) {
    if (isProgram(chosen)) return chosen;
    throw new Problem(
      `COUNTERSIGN_CHROMIUM must be the path of a Chromium program; ${chosen} is none.`,
    );
  }
  return [chromium.executablePath(), ...COMMON_PLACES].find(isProgram) ?? null;
}

/** What an installer prints goes to stderr: stdout is for results. */
function run(file: string, args: readonly string[]): boolean {
  return spawnSync(file, args, { cwd: projectRoot, stdio: ['inherit', 2, 2] }).status === 0;
}

/** Debian and its kin have a package, which also brings the libraries that Chromium needs. */
function installFromDebian(print: (text: string) => void): boolean {
  if (process.getuid?.() !== 0 || !isProgram('/usr/bin/apt-get')) return false;
  print('Installing Chromium (apt-get install chromium) …\n');
  const install = ['install', '-y', '--no-install-recommends', 'chromium'];
  return run('apt-get', install) || (run('apt-get', ['update']) && run('apt-get', install));
}

function installFromPlaywright(print: (text: string) => void): boolean {
  print('Installing Chromium (playwright install chromium) …\n');
  return run(pinnedNode, [
    join('node_modules', '@playwright', 'test', 'cli.js'),
    'install',
    'chromium',
  ]);
}

/**
 * @returns path of a Chromium, installed now if need be
 * @throws Problem when none can be had
 */
export function ensureChromium(print: (text: string) => void): string {
  const found = findChromium();
  if (found) return found;
  for (const install of [installFromDebian, installFromPlaywright]) {
    const path = install(print) ? findChromium() : null;
    if (path) return path;
  }
  throw new Problem(
    'The browser tests need Chromium, and it could not be installed. Install Chromium or Chrome yourself (Debian: apt-get install chromium), or set COUNTERSIGN_CHROMIUM to its path.',
  );
}
