/**
 * How disks are encrypted where an installation runs for real: the console looks where it can, and elsewhere whoever
 * runs it says how. What is known of people is sealed besides; amounts, addresses and who did what are not.
 */
import { withClient } from '#lib/platform/db/owner-client.ts';
import { Problem } from './problem.ts';
import { volumeOf, type Volume } from './volumes.ts';

const NAME = 'COUNTERSIGN_AT_REST';
const SENTENCE_MIN = 20;
const SENTENCE_MAX = 300;
const declaredForm = new RegExp(`^declared: ?(\\S.{${SENTENCE_MIN - 1},${SENTENCE_MAX}})$`);

const isHere = (url: string): boolean =>
  !URL.canParse(url) || ['127.0.0.1', 'localhost', '[::1]', ''].includes(new URL(url).hostname);

export type AtRest = { kind: 'checked' } | { kind: 'declared'; sentence: string } | null;

/** Pure. */
export function readAtRest(text: string | undefined): AtRest {
  if (text === 'checked') return { kind: 'checked' };
  const sentence = declaredForm.exec(text ?? '')?.[1];
  return sentence === undefined ? null : { kind: 'declared', sentence };
}

/** Sentences about disks that keep the installation from starting. */
export function atRestProblems(
  text: string | undefined,
  { data, databaseUrl }: { data: string; databaseUrl: string | null },
  look: (path: string) => Volume = volumeOf,
): string[] {
  const told = readAtRest(text);
  if (told === null)
    return [
      `${NAME} must be “checked”, where the database and ${data} lie on volumes of this machine that are encrypted (dm-crypt), or “declared: ” and a sentence of ${SENTENCE_MIN} to ${SENTENCE_MAX} characters that says how the disks of the database, of its backups and of the logs are encrypted and who holds the keys.`,
    ];
  if (told.kind === 'declared') return [];
  if (databaseUrl !== null && !isHere(databaseUrl))
    return [
      `${NAME} is “checked”, and the disks of ${new URL(databaseUrl).hostname} can’t be looked at from here. Say “declared: ” and how they are encrypted.`,
    ];
  const volume = look(data);
  return volume === 'encrypted' ? [] : [volumeSentence(data, volume)];
}

const volumeSentence = (path: string, volume: Volume): string =>
  volume === 'plain'
    ? `${NAME} is “checked”, and ${path} does not lie on an encrypted volume. Move it onto one.`
    : `${NAME} is “checked”, and this system does not tell whether ${path} lies on an encrypted volume. Say “declared: ” and how it is encrypted.`;

const LIMITS = { connectMs: 2_000, answerMs: 5_000 };

/**
 * Looks at the folder of a database on this machine, once it answers.
 * @returns a sentence about what was found. @throws Problem where it is not encrypted.
 */
export async function requireSealedDatabase(
  text: string | undefined,
  url: string,
  look: (path: string) => Volume = volumeOf,
): Promise<string> {
  const told = readAtRest(text);
  if (told?.kind !== 'checked') return `disks as declared: ${told?.sentence ?? ''}`;
  const folder = await withClient(url, { name: 'check', ...LIMITS }, async (client) => {
    const { rows } = await client.query<{ folder: string | null }>(
      `select case when pg_has_role(current_user, 'pg_read_all_settings', 'usage')
        then current_setting('data_directory') end as folder`,
    );
    return rows[0]?.folder ?? null;
  });
  if (folder === null)
    throw new Problem(
      `${NAME} is “checked”, and the owner of the database may not ask where it lies. Grant it pg_read_all_settings, or say “declared: ” and how its disk is encrypted.`,
    );
  const volume = look(folder);
  if (volume !== 'encrypted') throw new Problem(volumeSentence(folder, volume));
  return 'on an encrypted volume';
}
