/** Where the sandbox keeps what its custodians keep on paper elsewhere. */
import { join } from 'node:path';

export type CustodianFiles = {
  /** The groups' public records. */
  folder: string;
  /** One text file for each custodian's part. */
  parts: string;
  /** Software keys with which the custodians sign the first roster. */
  keyRing: string;
  notice: string;
};

/** @param sandbox the folder of the data folder in which the sandbox's own keys lie. */
export function custodianFiles(sandbox: string): CustodianFiles {
  const folder = join(sandbox, 'custodians');
  return {
    folder,
    parts: join(folder, 'parts'),
    keyRing: join(folder, 'key-ring.json'),
    notice: join(folder, 'SANDBOX-ONLY.md'),
  };
}

/** Stands in front of every part and beside them. */
export const sandboxMark = 'SANDBOX ONLY. This part guards nothing: it lies in a file.';

export const noticeText = `# Sandbox only

In an installation that guards something each of these parts stands on a card in its custodian's own safe,
and no two of a group lie in one building. Here they lie in one folder, so that a drill and a recovery can be
played on one machine: \`npm run recover -- --sandbox\`. They name the sandbox, and open no share of production.
`;
