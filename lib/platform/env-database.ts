/** What production refuses of a database's URL, so that it reaches what it names, over checked TLS. */
import { COMMON_SECRETS, SANDBOX_MARK } from './guessable.ts';
import { isLoopback } from './loopback.ts';

/**
 * Everything in the query overrides what stands before it and our own limits: `host` and `user`
 * where the URL says something else, `query_timeout` our time-outs. These do not.
 */
const HARMLESS = new Set(['sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'application_name']);

const CONSOLE_ROLES = new Set(['countersign_web', 'countersign_worker', 'countersign_books']);

export type DatabaseAddress = {
  /** Of the variable. */
  name: string;
  url: string;
  /** Whoever owns the database; otherwise a role of the console, which was read by its name. */
  isOwner: boolean;
};

function passwordOf(url: URL): string | null {
  try {
    return decodeURIComponent(url.password);
  } catch {
    return null;
  }
}

function signInFaults({ name, isOwner }: DatabaseAddress, url: URL): string[] {
  const faults: string[] = [];
  if (isOwner && (url.username === '' || CONSOLE_ROLES.has(url.username)))
    faults.push(`${name} must name the owner of the database, not a role of the console.`);
  const password = passwordOf(url);
  if (password === null)
    faults.push(`${name} must have % in its password written as %25, as URLs have it.`);
  else if (password === '' && !isOwner)
    faults.push(`${name} must hold the password that its role is given.`);
  else if (password.startsWith(SANDBOX_MARK))
    faults.push(`${name} must not hold a password that a sandbox generated.`);
  else if (password !== '' && (COMMON_SECRETS.test(password) || password === url.username))
    faults.push(`${name} must hold a random password of its own, not a sample one.`);
  return faults;
}

function wayFaults({ name }: DatabaseAddress, url: URL): string[] {
  const faults: string[] = [];
  const names = [...url.searchParams.keys()].map((key) => key.toLowerCase());
  if (new Set(names).size !== names.length)
    faults.push(`${name} must not name a parameter twice: the last one would count.`);
  if ([...url.searchParams.keys()].some((key) => !HARMLESS.has(key)))
    faults.push(
      `${name} must have no parameters but ${[...HARMLESS].join(', ')}: others override host, user or limits.`,
    );
  if (url.hostname === '')
    faults.push(`${name} must name its host; without one PGHOST of the environment would count.`);
  const modes = url.searchParams.getAll('sslmode');
  const isChecked = modes.length > 0 || !isLoopback(url.hostname);
  if (isChecked && (modes.length === 0 || modes.some((mode) => mode !== 'verify-full')))
    faults.push(
      `${name} must end in ?sslmode=verify-full for a database on another machine, and may have no other sslmode.`,
    );
  return faults;
}

/** Sentences that name the variable and what is expected; never a value. */
export function databaseFaults(address: DatabaseAddress): string[] {
  const url = new URL(address.url);
  return [...signInFaults(address, url), ...wayFaults(address, url)];
}
