/** Secrets of a sandbox: made at the first start, kept in one file that only its owner can read. */
import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fileProblem, Problem } from './problem.ts';

/** Every generated secret starts with this, so that production can refuse it wherever it turns up. */
export const SANDBOX_MARK = 'sandbox-';

const secret = z.string().startsWith(SANDBOX_MARK).min(40).max(100);

const secretsFile = z.strictObject({
  databaseOwner: secret,
  databaseWeb: secret,
  databaseWorker: secret,
  databaseBooks: secret,
  /** What web server, worker and commands show the data-key service. */
  keysWeb: secret,
  keysWorker: secret,
  keysOwner: secret,
  session: secret,
  /** Base64 of 32 bytes, the form Next.js wants for encrypting what server actions close over. */
  serverActions: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
});
export type Secrets = z.infer<typeof secretsFile>;

/** What a sandbox of before did not have yet, and gets at its next start. */
const addedLater = {
  databaseBooks: true,
  keysWeb: true,
  keysWorker: true,
  keysOwner: true,
} as const;
const olderFile = secretsFile.partial(addedLater);

const newSecret = (): string => SANDBOX_MARK + randomBytes(32).toString('base64url');

const newSecrets = (): Secrets => ({
  databaseOwner: newSecret(),
  databaseWeb: newSecret(),
  databaseWorker: newSecret(),
  databaseBooks: newSecret(),
  keysWeb: newSecret(),
  keysWorker: newSecret(),
  keysOwner: newSecret(),
  session: newSecret(),
  serverActions: randomBytes(32).toString('base64'),
});

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw fileProblem(error, path) ?? error;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Reads the secrets of this data folder, or makes them.
 * @throws Problem when the file is there but damaged: new secrets would lock the old data away
 */
export function loadSecrets(data: string): Secrets {
  const path = join(data, 'secrets.json');
  const text = readIfThere(path);
  if (text === null) return writeSecrets(path, newSecrets());
  const parsed = olderFile.safeParse(parse(text));
  if (!parsed.success)
    throw new Problem(
      `${path} is damaged. Put it back from a copy, or run \`npm run reset\` to begin with an empty sandbox.`,
    );
  const whole = secretsFile.safeParse(parsed.data);
  if (!whole.success)
    return writeSecrets(path, secretsFile.parse({ ...newSecrets(), ...presentIn(parsed.data) }));
  chmodSync(path, 0o600);
  return whole.data;
}

const presentIn = (values: object): object =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

function writeSecrets(path: string, secrets: Secrets): Secrets {
  try {
    writeFileSync(`${path}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  } catch (error) {
    throw fileProblem(error, path) ?? error;
  }
  return secrets;
}
