import { appendAudit } from '#lib/audit/append-entry.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { publish } from '#lib/platform/db/notify.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { mentionTexts } from '../../requests/mention-texts.ts';
import type { SealedText } from '../../requests/sealed-texts.ts';
import { holdFacts, type HoldFacts } from './event.ts';
import type { HoldEventKind } from './life.ts';

/** Topic of notices about holds and retention. */
export const retentionTopic = 'privacy-retention';

export type NewHoldEvent<K extends HoldEventKind> = {
  kind: K;
  facts: HoldFacts<K>;
  texts?: readonly SealedText[];
  /** When the texts were sealed, where they waited for a signature; ISO instant. */
  waitedSince?: string;
  /** Person id, or `system`. */
  by: string;
  at: Date;
};

/**
 * Writes the next event of a hold with its texts and its audit entry, in the caller's transaction.
 * @returns the number of the event.
 * @throws for facts that no such event has, what the database's guards refuse, DataKeysError where the key service can't
 *   be reached, and NamesErasedError where a text names somebody who is erased meanwhile.
 */
export async function appendHoldEvent<K extends HoldEventKind>(
  tx: Tx,
  about: { id: string; number: string; seq: number },
  { kind, facts, texts = [], waitedSince, by, at }: NewHoldEvent<K>,
): Promise<number> {
  const seq = about.seq + 1;
  const said = holdFacts[kind].parse(facts);
  await tx.privacyHoldEvent.create({
    data: { holdId: about.id, seq, kind, actor: by, at, facts: asJson(said) },
    select: { seq: true },
  });
  await mentionTexts(tx, { home: 'privacy-hold', id: about.id, seq }, texts, waitedSince ?? null);
  if (texts.length > 0)
    await tx.privacyHoldText.createMany({
      data: texts.map((text) => ({ holdId: about.id, seq, ...text })),
    });
  await appendAudit(tx, {
    kind: kind === 'opened' ? 'privacy-hold-opened' : 'privacy-hold-moved',
    subject: about.number,
    actor: by,
    at,
    facts: { event: kind, seq },
  });
  await publish(tx, { topic: retentionTopic, id: about.id });
  return seq;
}
