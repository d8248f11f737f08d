/** Installs the packages of package-lock.json when node_modules does not hold exactly those. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem, sentenceFor } from './problem.mjs';

const OUTPUT_KEPT = 64_000;
const PROGRESS_EVERY_MS = 3_000;

const stampPath = (root) => join(root, 'node_modules', '.countersign-stamp');

/** Path of the pinned Node 24 inside node_modules. */
export function pinnedNode(root) {
  return join(
    root,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
}

/** Names a set of packages on a platform: another lock file or another platform is another stamp. */
export function stampOf(root) {
  const lock = readFileSync(join(root, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex');
  return `${hash} ${process.platform}-${process.arch}`;
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function readPackages(path) {
  const text = readText(path);
  if (text === null) return null;
  try {
    return JSON.parse(text).packages ?? null;
  } catch {
    return null;
  }
}

/** True when npm's own record says that someone has already installed what the lock file names. */
function isInstalledByHand(root) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const present = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === null || present === null) return false;
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === '' || entry.optional === true || present[path]?.version === entry.version,
  );
}

/** True when nothing needs to be installed; leaves the stamp, so that the next answer is quick. */
export function isInstalled(root) {
  if (!existsSync(pinnedNode(root))) return false;
  const stamp = stampOf(root);
  if (readText(stampPath(root)) === stamp) return true;
  if (!isInstalledByHand(root)) return false;
  try {
    writeFileSync(stampPath(root), stamp);
  } catch {
    // A read-only installation is complete all the same; the comparison is made again next time.
  }
  return true;
}

function countPackages(root) {
  const folder = join(root, 'node_modules');
  try {
    return readdirSync(folder)
      .filter((name) => !name.startsWith('.'))
      .flatMap((name) => (name.startsWith('@') ? readdirSync(join(folder, name)) : [name])).length;
  } catch {
    return 0;
  }
}

function showProgress(root, startedAt) {
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  console.log(`  … ${countPackages(root)} packages unpacked, ${seconds} s`);
}

function npmCommand() {
  const cli = process.env.npm_execpath;
  const node = process.env.npm_node_execpath;
  if (cli && node && /npm-cli\.[cm]?js$/.test(cli))
    return { file: node, args: [cli], shell: false };
  return { file: 'npm', args: [], shell: process.platform === 'win32' };
}

function runNpm(root) {
  const { file, args, shell } = npmCommand();
  const startedAt = Date.now();
  let output = '';
  return new Promise((resolve, reject) => {
    // Not `npm ci`: it refuses a lock file made where the registry has not every platform's optional
    // packages. `--no-save` keeps to the lock file all the same, and never writes it.
    const install = ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund'];
    // npm waits minutes for each package by default; without a network it would seem to hang.
    const patience = [
      '--fetch-retries=1',
      '--fetch-retry-mintimeout=1000',
      '--fetch-retry-maxtimeout=5000',
    ];
    const child = spawn(file, [...args, ...install, ...patience], {
      cwd: root,
      shell,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Prisma would fetch an engine binary that nothing here uses; any existing file stops it.
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: join(root, 'package.json') },
    });
    const timer = setInterval(() => showProgress(root, startedAt), PROGRESS_EVERY_MS);
    const keep = (chunk) => {
      output = (output + chunk).slice(-OUTPUT_KEPT);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => {
      clearInterval(timer);
      reject(
        new Problem(`npm cannot be run (${error.message}). Install npm and run the command again.`),
      );
    });
    child.on('close', (code, signal) => {
      clearInterval(timer);
      resolve({ code, signal, output, seconds: Math.round((Date.now() - startedAt) / 1000) });
    });
  });
}

/**
 * Makes node_modules what package-lock.json says.
 * @throws {Problem} with one sentence when it cannot be done
 */
export async function ensureInstalled(root) {
  if (isInstalled(root)) return;
  console.log('Installing packages; the first time takes a minute or two …');
  const { code, signal, output, seconds } = await runNpm(root);
  if (signal)
    throw new Problem('The installation was interrupted. Run the command again to finish it.');
  if (code !== 0) {
    const sentence = sentenceFor(output);
    if (sentence) throw new Problem(`${sentence}\n\n  npm said: ${firstErrors(output)}`);
    throw new Problem(`npm install failed. This is what it printed:\n\n${output.trimEnd()}`);
  }
  if (!existsSync(pinnedNode(root)))
    throw new Problem(
      'npm did not put Node 24 into node_modules, because install scripts are switched off. Run `npm config set ignore-scripts false` and then the command again.',
    );
  try {
    writeFileSync(stampPath(root), stampOf(root));
  } catch (error) {
    throw new Problem(sentenceFor(String(error)) ?? String(error));
  }
  console.log(`  packages installed in ${seconds} s`);
}

function firstErrors(output) {
  const lines = output.split('\n').filter((line) => /^npm (error|ERR!)/.test(line));
  return lines.slice(0, 3).join(' / ').slice(0, 600);
}
