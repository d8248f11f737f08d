/** Pins a party from a terminal that can read its data folder: the same form as on its page. */
import { existsSync, readFileSync } from 'node:fs';
import { digestHex } from '#lib/protocol/scalars.ts';
import { setupCodePath } from './setup-code.ts';

export type PinOutcome = { ok: true } | { ok: false; sentence: string };

const sentences: Readonly<Record<number, string>> = {
  403: 'The party did not take the set-up code.',
  409: 'The party holds or is offered another genesis than this digest. Look at its page.',
  421: 'The party answers at another origin than this one.',
  429: 'Too many wrong codes in one minute. The right one is taken at any time.',
};

/**
 * @param of.origin the party's own origin, such as http://localhost:3101.
 * @param of.digest the genesis digest the person compared (64 hex digits).
 * @param of.dataFolder where the party keeps its set-up code, unless `code` is given.
 */
export async function pinParty(of: {
  origin: string;
  digest: string;
  dataFolder: string;
  code?: string;
}): Promise<PinOutcome> {
  if (!digestHex.safeParse(of.digest).success)
    return { ok: false, sentence: 'The digest must be 64 digits of lower-case hex.' };
  const path = setupCodePath(of.dataFolder);
  const code = of.code ?? (existsSync(path) ? readFileSync(path, 'utf8').trim() : null);
  if (code === null)
    return {
      ok: false,
      sentence: 'There is no set-up code: the party is pinned already, or never started.',
    };
  try {
    const response = await fetch(`${of.origin}/pin`, {
      method: 'POST',
      headers: { origin: of.origin, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ digest: of.digest, code }),
      redirect: 'manual',
      signal: AbortSignal.timeout(10_000),
    });
    if (response.status === 303) return { ok: true };
    return {
      ok: false,
      sentence: sentences[response.status] ?? 'The party did not take the form.',
    };
  } catch {
    return { ok: false, sentence: 'The party could not be reached at its origin. Start it first.' };
  }
}
