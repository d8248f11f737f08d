/** Finds a Chromium for the browser tests, or gets one. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { Problem } from '../supervisor/problem.ts';
import { pinnedNode, projectRoot } from '../supervisor/settings.ts';

/**
 * Debian's Chromium without the window it never shows: the same engine and the same virtual authenticators, for two
 * fifths less work on a page. Playwright's own runs so, too.
 */
const SHELL_PACKAGE = 'chromium-headless-shell';
const DEBIAN_SHELL = `/usr/bin/${SHELL_PACKAGE}`;
const DEBIAN_CHROMIUM = '/usr/bin/chromium';

const COMMON_PLACES = [
  DEBIAN_CHROMIUM,
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
  return [DEBIAN_SHELL, chromium.executablePath(), ...COMMON_PLACES].find(isProgram) ?? null;
}

/** What an installer prints goes to stderr: stdout is for results. */
function run(file: string, args: readonly string[]): boolean {
  return spawnSync(file, args, { cwd: projectRoot, stdio: ['inherit', 2, 2] }).status === 0;
}

/** Debian and its kin have packages, which also bring the libraries that Chromium needs; the first that can be had. */
function installFromDebian(print: (text: string) => void, packages: readonly string[]): boolean {
  if (process.getuid?.() !== 0 || !isProgram('/usr/bin/apt-get')) return false;
  print(`Installing Chromium (apt-get install ${packages.join(' or ')}) …\n`);
  const install = () =>
    packages.some((name) => run('apt-get', ['install', '-y', '--no-install-recommends', name]));
  return install() || (run('apt-get', ['update']) && install());
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
 * Beside Debian's Chromium its shell is fetched, where nobody has to be asked for it, and done without where it can't be.
 *
 * @returns path of a Chromium, installed now if need be
 * @throws Problem when none can be had
 */
export function ensureChromium(print: (text: string) => void): string {
  const found = findChromium();
  if (found !== null) {
    const isChosen = Boolean(process.env['COUNTERSIGN_CHROMIUM']);
    const isSlower = found === DEBIAN_CHROMIUM && !isChosen;
    return isSlower && installFromDebian(print, [SHELL_PACKAGE]) ? DEBIAN_SHELL : found;
  }
  const installs = [
    () => installFromDebian(print, [SHELL_PACKAGE, 'chromium']),
    () => installFromPlaywright(print),
  ];
  for (const install of installs) {
    const path = install() ? findChromium() : null;
    if (path) return path;
  }
  throw new Problem(
    'The browser tests need Chromium, and it could not be installed. Install Chromium or Chrome yourself (Debian: apt-get install chromium), or set COUNTERSIGN_CHROMIUM to its path.',
  );
}
