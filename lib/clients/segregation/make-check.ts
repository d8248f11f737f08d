import { createHash, randomUUID } from 'node:crypto';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { openIncident } from '#lib/operations/open-incident.ts';
import type { Context } from '#lib/platform/context.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import { clientsTopic } from '../register/open-case.ts';
import { newBreaches, readBreaches } from './breach-record.ts';
import { breachesOf, gatherSegregation } from './gather-inputs.ts';

export type MadeCheck = { id: string; found: number; incident: string | null };

/**
 * Looks whether every address is of one owner class and owners are kept apart (MiCA Art 75(7)), and keeps
 * what was looked at with its digest. A breach that the check before did not have opens an incident.
 * @param startedBy person id, or `schedule`.
 */
export async function makeSegregationCheck(
  startedBy: string,
  { db, clock }: Pick<Context, 'db' | 'clock'>,
): Promise<MadeCheck> {
  const inputs = await inSnapshot(db, gatherSegregation);
  const breaches = breachesOf(inputs);
  const text = canonicalize(inputs);
  const inputsDigest = createHash('sha256').update(text, 'utf8').digest('hex');
  const checkedAt = clock();
  const id = randomUUID();
  return inTransaction(db, async (tx) => {
    // One check after the other, so that a new breach opens one incident.
    await lockNamed(tx, 'segregation check');
    const last = await tx.segregationCheck.findFirst({
      orderBy: [{ checkedAt: 'desc' }, { id: 'asc' }],
      select: { breaches: true },
    });
    const fresh = newBreaches(readBreaches(last?.breaches ?? []), breaches).length;
    const incident =
      fresh === 0
        ? null
        : await openIncident(
            tx,
            {
              what: 'assets-mixed',
              title: `The check of segregation found ${fresh} new ${fresh === 1 ? 'breach' : 'breaches'}`,
              openedBy: startedBy === 'schedule' ? 'system' : startedBy,
              operations: [],
            },
            checkedAt,
          );
    await tx.segregationCheck.create({
      data: {
        id,
        checkedAt,
        startedBy,
        inputs: text,
        inputsDigest,
        breaches: asJson(breaches),
        found: breaches.length,
        incident,
      },
      select: { id: true },
    });
    await appendAudit(tx, {
      kind: 'segregation-checked',
      subject: 'segregation',
      actor: startedBy === 'schedule' ? 'worker' : startedBy,
      at: checkedAt,
      facts: { check: id, inputsDigest, found: breaches.length, incident },
    });
    await publish(tx, { topic: clientsTopic, id });
    return { id, found: breaches.length, incident };
  });
}
