/** The colleagues' software keys, in one file of the data folder. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import {
  createSoftwareAuthenticator,
  loadSoftwareAuthenticator,
  softwareAaguid,
  type SoftwareAuthenticator,
  type SoftwareKey,
} from '#lib/protocol/software-authenticator.ts';

export type KeyRingEntry = {
  handle: string;
  operatorId: string;
  authenticator: SoftwareAuthenticator;
};

const saved = z.array(
  z.object({
    handle: z.string(),
    operatorId: z.string(),
    key: z.custom<SoftwareKey>((value) => typeof value === 'object' && value !== null),
  }),
);

export const newSoftwareKey = (rpId: string): SoftwareAuthenticator =>
  createSoftwareAuthenticator({ rpId, aaguid: softwareAaguid.replaceAll('-', '') });

export async function saveKeyRing(path: string, entries: readonly KeyRingEntry[]): Promise<void> {
  const document = entries.map(({ handle, operatorId, authenticator }) => ({
    handle,
    operatorId,
    key: authenticator.exportKey(),
  }));
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(`${path}.new`, JSON.stringify(document, null, 2), { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** @returns an empty ring when there is no file yet. */
export async function loadKeyRing(path: string): Promise<KeyRingEntry[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  return saved.parse(JSON.parse(text)).map(({ handle, operatorId, key }) => ({
    handle,
    operatorId,
    authenticator: loadSoftwareAuthenticator(key),
  }));
}
