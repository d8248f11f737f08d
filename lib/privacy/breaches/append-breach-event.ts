import { appendAudit } from '#lib/audit/append-entry.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { publish } from '#lib/platform/db/notify.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { mentionTexts } from '../requests/mention-texts.ts';
import type { SealedText } from '../requests/sealed-texts.ts';
import { breachFacts, type BreachFacts } from './event.ts';
import type { BreachEventKind } from './life.ts';

/** Topic of notices about breaches. */
export const breachesTopic = 'privacy-breaches';

export type NewBreachEvent<K extends BreachEventKind> = {
  kind: K;
  facts: BreachFacts<K>;
  texts?: readonly SealedText[];
  /** When the texts were sealed, where they waited for a signature; ISO instant. */
  waitedSince?: string;
  /** Person id, or `system`. */
  by: string;
  at: Date;
};

/**
 * Writes the next event of a breach with its texts and its audit entry, in the caller's transaction.
 * @returns the number of the event.
 * @throws for facts that no such event has, what the database's guards refuse, DataKeysError where the key service can't
 *   be reached, and NamesErasedError where a text names somebody who is erased meanwhile.
 */
export async function appendBreachEvent<K extends BreachEventKind>(
  tx: Tx,
  about: { id: string; number: string; seq: number },
  { kind, facts, texts = [], waitedSince, by, at }: NewBreachEvent<K>,
): Promise<number> {
  const seq = about.seq + 1;
  const said = breachFacts[kind].parse(facts);
  await tx.privacyBreachEvent.create({
    data: { breachId: about.id, seq, kind, actor: by, at, facts: asJson(said) },
    select: { seq: true },
  });
  await mentionTexts(tx, { home: 'privacy-breach', id: about.id, seq }, texts, waitedSince ?? null);
  if (texts.length > 0)
    await tx.privacyBreachText.createMany({
      data: texts.map((text) => ({ breachId: about.id, seq, ...text })),
    });
  await appendAudit(tx, {
    kind: kind === 'opened' ? 'privacy-breach-opened' : 'privacy-breach-moved',
    subject: about.number,
    actor: by,
    at,
    facts: { event: kind, seq },
  });
  await publish(tx, { topic: breachesTopic, id: about.id });
  return seq;
}
