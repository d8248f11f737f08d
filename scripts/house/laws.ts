/** The house law: what must hold for every source file, beside what compiler and linter check. */
import { findPurity, resolveImport } from './import-graph.ts';
import type { SourceFile } from './read-file.ts';
import { BANNED_PACKAGES, importFault, isTest, roomOf } from './rooms.ts';

export type Breach = { path: string; line: number; sentence: string };

const LINES_MAX = 400;

/** Frameworks find these by their default export. */
const WANTS_DEFAULT =
  /^app\/(?:.*\/)?(?:page|layout|template|error|global-error|not-found|loading|default|forbidden|unauthorized|icon|opengraph-image|sitemap|robots|manifest)\.tsx?$|^[a-z.-]+\.config\.(?:ts|mjs)$|\.d\.m?ts$|\/testing\/global-setup\.ts$/;

/** Who may read the environment; all others get what they need as a parameter. In proxy.ts it is the mode of the build, written in by the bundler. */
const READS_ENVIRONMENT =
  /^lib\/platform\/env\.ts$|^proxy\.ts$|^lib\/mpc\/party\/(?:config|main)\.ts$|^scripts\/|^e2e\/|^[a-z.-]+\.config\.(?:ts|mjs)$|^lib\/platform\/db\/embedded\.ts$|^lib\/sandbox\/(?:bitcoin|books|ethereum|solana)\/main\.ts$/;

/** Where amounts are computed or shown: no floating-point number may come near them. */
const MONEY = /^lib\/ledger\/|^lib\/chains\/assets\.ts$|^components\/ui\/(?:amount|format)/;

/** Put together here so that this file does not break its own law. */
const BANNED_WORDS = [
  'TO' + 'DO',
  'FIX' + 'ME',
  'X' + 'XX',
  'HA' + 'CK',
  '@ts-' + 'ignore',
  '@ts-' + 'nocheck',
];
const BANNED = new RegExp(`(?<![A-Za-z0-9_])(?:${BANNED_WORDS.join('|')})(?![A-Za-z0-9_])`);
const SWITCHED_OFF = /^\s*(?:test|it|describe)\.(?:only|skip|todo)\b/;

type Law = (file: SourceFile) => { line: number; sentence: string }[];

const when = (condition: boolean, sentence: string): { line: number; sentence: string }[] =>
  condition ? [{ line: 1, sentence }] : [];

const LAWS: readonly Law[] = [
  (file) => file.errors.map((error) => ({ line: 1, sentence: `cannot be parsed: ${error}` })),
  (file) => when(file.lines > LINES_MAX, `has ${file.lines} lines; a file stops at ${LINES_MAX}`),
  (file) =>
    when(
      file.hasDefaultExport && !WANTS_DEFAULT.test(file.path),
      'has a default export where no framework wants one',
    ),
  (file) =>
    file.starExports.map((line) => ({
      line,
      sentence: 'exports everything of another file (a barrel)',
    })),
  (file) =>
    READS_ENVIRONMENT.test(file.path) || isTest(file.path)
      ? []
      : file.environmentReads.map((line) => ({
          line,
          sentence: 'reads the environment; lib/platform/env.ts does that for everyone',
        })),
  (file) =>
    when(
      file.directives.includes('use server') &&
        !/^(?:lib\/[a-z-]+|app)\/(?:.*\/)?(?:[a-z-]+-)?actions\.ts$/.test(file.path),
      "is marked 'use server', so every export of it can be called by anyone; such files are called actions.ts",
    ),
  (file) =>
    MONEY.test(file.path) && !isTest(file.path)
      ? file.floats.map((line) => ({
          line,
          sentence: 'makes a floating-point number where amounts are',
        }))
      : [],
  bannedWords,
];

function bannedWords(file: SourceFile): { line: number; sentence: string }[] {
  return file.text.split('\n').flatMap((text, index) => {
    const word = BANNED.exec(text)?.[0];
    if (word) return [{ line: index + 1, sentence: `holds the word ${word}` }];
    if (isTest(file.path) && SWITCHED_OFF.test(text))
      return [{ line: index + 1, sentence: 'holds a test that is switched off or runs alone' }];
    return [];
  });
}

/** The folder inside which imports are relative: one of lib, or a top-level one. */
const cornerOf = (path: string): string =>
  path
    .split('/')
    .slice(0, path.startsWith('lib/') ? 2 : 1)
    .join('/');

const isNeighbour = (from: string, to: string): boolean =>
  roomOf(from) === 'top' || cornerOf(from) === cornerOf(to);

function importBreaches(file: SourceFile, isPure: (path: string) => boolean): Breach[] {
  return file.imports.flatMap(({ specifier, isTypeOnly, line }) => {
    const breach = (sentence: string): Breach[] => [
      { path: file.path, line, sentence: `imports ${specifier}, which ${sentence}` },
    ];
    const to = resolveImport(file.path, specifier);
    if (to === null) {
      const banned = BANNED_PACKAGES[roomOf(file.path)];
      return banned?.test(specifier) && !isTest(file.path)
        ? breach(`has no place in ${roomOf(file.path)}`)
        : [];
    }
    if (specifier.startsWith('.') && !isNeighbour(file.path, to))
      return breach('lies in another room; write it as #…');
    const fault = importFault({ from: file.path, to, isTypeOnly }, isPure);
    return fault === null ? [] : breach(fault);
  });
}

/** Every breach of the house law in these files. */
export function findBreaches(sources: readonly SourceFile[]): Breach[] {
  const files = new Map(sources.map((file) => [file.path, file]));
  const { isPure } = findPurity(files);
  return sources.flatMap((file) => [
    ...LAWS.flatMap((law) => law(file).map((found) => ({ path: file.path, ...found }))),
    ...importBreaches(file, isPure),
  ]);
}

export const printBreach = ({ path, line, sentence }: Breach): string =>
  `${path}:${line} ${sentence}`;
