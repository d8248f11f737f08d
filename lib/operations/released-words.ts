/** What each release in a list would release, by the console's record; none of it is signed. */
import type { Database } from '#lib/platform/db/client.ts';
import { intent as intentSchema } from '#lib/protocol/intent.ts';
import { scopeOf } from './facts/standing-freezes.ts';
import { scopeWords } from './scope-words.ts';

/** @returns "Vault hot-1, frozen by FZ-2026-000001" by the id of the release; a freeze the console lacks is left out. */
export async function releasedWords(
  rows: readonly { id: string; kind: string; intent: string }[],
  db: Database,
): Promise<Map<string, string>> {
  const freezeOf = new Map(
    rows.flatMap((row): [string, string][] => {
      if (row.kind !== 'release') return [];
      const intent = intentSchema.parse(JSON.parse(row.intent));
      return intent.kind === 'release' ? [[row.id, intent.freeze]] : [];
    }),
  );
  if (freezeOf.size === 0) return new Map();
  const freezes = await db.freeze.findMany({
    where: { operationId: { in: [...freezeOf.values()] } },
    include: { operation: { select: { number: true } } },
  });
  const wordsOf = new Map(
    freezes.map((freeze) => [
      freeze.operationId,
      `${scopeWords(scopeOf(freeze))}, frozen by ${freeze.operation.number}`,
    ]),
  );
  return new Map(
    [...freezeOf].flatMap(([id, freeze]) => {
      const words = wordsOf.get(freeze);
      return words === undefined ? [] : [[id, words] as const];
    }),
  );
}
