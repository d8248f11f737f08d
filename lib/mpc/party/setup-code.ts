/**
 * The set-up code: whoever can read the party's terminal or its data folder may pin its genesis.
 * Random, made at the first start, good for one pin. Its 120 bits keep it from being guessed, so
 * nobody's wrong guesses shut out the right one; they are limited only to keep the record short.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from './durable-file.ts';

const CODE_BYTES = 15;
const GROUP = 4;
const GUESSES = 5;
const WINDOW_MS = 60_000;

/** Base32 without look-alikes (Crockford), in groups of four. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export type CodeCheck = 'right' | 'wrong' | 'too-many-guesses';

export type SetupCode = {
  /** True when this start made the code; only then a terminal shows it. */
  readonly isNew: boolean;
  readonly path: string;
  reveal(): string;
  check(guess: string, now: number): CodeCheck;
  /** After the pin the code is worth nothing. */
  discard(): void;
};

function randomCode(): string {
  let bits = BigInt(`0x${randomBytes(CODE_BYTES).toString('hex')}`);
  let text = '';
  for (let place = 0; place < (CODE_BYTES * 8) / 5; place += 1) {
    text += ALPHABET[Number(bits & 31n)] ?? '';
    bits >>= 5n;
  }
  return (text.match(new RegExp(`.{${GROUP}}`, 'gu')) ?? []).join('-');
}

/** Forgives case, spaces and hyphens, as people type codes. */
const normal = (text: string): string => text.toUpperCase().replaceAll(/[\s-]/gu, '');

const hashOf = (text: string): Buffer => createHash('sha256').update(normal(text)).digest();

export const setupCodePath = (dataFolder: string): string => join(dataFolder, 'setup-code');

export function loadOrMakeSetupCode(dataFolder: string): SetupCode {
  const path = setupCodePath(dataFolder);
  const isNew = !existsSync(path);
  if (isNew) writeDurably(path, `${randomCode()}\n`);
  const code = readFileSync(path, 'utf8').trim();
  const wanted = hashOf(code);
  let wrong: number[] = [];
  return {
    isNew,
    path,
    reveal: () => code,
    check(guess, now) {
      if (timingSafeEqual(hashOf(guess.slice(0, 100)), wanted)) return 'right';
      wrong = wrong.filter((at) => now - at < WINDOW_MS);
      if (wrong.length >= GUESSES) return 'too-many-guesses';
      wrong.push(now);
      return 'wrong';
    },
    discard: () => rmSync(path, { force: true }),
  };
}
