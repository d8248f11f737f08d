import { createHash, randomUUID } from 'node:crypto';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { openIncident } from '#lib/operations/open-incident.ts';
import type { Context } from '#lib/platform/context.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import { clientsTopic } from '../register/open-case.ts';
import { newBreaches, readBreaches } from './breach-record.ts';
import { gatherSegregation } from './gather-inputs.ts';
import { breachesOf, type SegregationInputs } from './inputs-document.ts';

export type MadeCheck = { id: string; found: number; incident: string | null };

/** Checks that come one after the other while one is made: far more than people and the worker start. */
const looksMax = 5;

/** Every line of vaults in which owners have accounts of their own is added up. */
const readingMs = 60_000;

/**
 * Looks whether every address is of one owner class and owners are kept apart (MiCA Art 75(7)), and keeps
 * what was looked at with its digest. A breach that the check before did not have opens an incident. The
 * worker goes by its own check before, whatever stands in those that people started: nothing that the web
 * server writes keeps it from opening an incident.
 * @param startedBy person id, or `schedule`.
 */
export async function makeSegregationCheck(
  startedBy: string,
  { db, clock }: Pick<Context, 'db' | 'clock'>,
): Promise<MadeCheck> {
  for (let look = 1; look <= looksMax; look += 1) {
    const checkedAt = clock();
    const seen = await inSnapshot(
      db,
      async (tx) => ({
        last: (await checkBefore(tx, startedBy))?.id ?? null,
        inputs: await gatherSegregation(tx),
      }),
      { timeoutMs: readingMs },
    );
    const made = await inTransaction(db, (tx) => keep(tx, { ...seen, startedBy, checkedAt }));
    if (made) return made;
  }
  throw new Error(`${looksMax} checks of segregation came before this one. Make it again.`);
}

/** The check that a new one is compared with: of the worker its own, of a person the newest of all. */
const checkBefore = (tx: Tx, startedBy: string) =>
  tx.segregationCheck.findFirst({
    where: startedBy === 'schedule' ? { startedBy } : {},
    orderBy: [{ checkedAt: 'desc' }, { id: 'asc' }],
    select: { id: true, breaches: true },
  });

type Looked = {
  /** Id of the check before, as it was when the inputs were read. */
  last: string | null;
  inputs: SegregationInputs;
  startedBy: string;
  checkedAt: Date;
};

/** @returns null when another check came in after the inputs were read: they are then of an older time. */
async function keep(
  tx: Tx,
  { last, inputs, startedBy, checkedAt }: Looked,
): Promise<MadeCheck | null> {
  // One check after the other, so that a new breach opens one incident. What is read is read before, in a
  // snapshot of its own: a transaction that reads one state would not see who came first.
  await lockNamed(tx, 'segregation check');
  const before = await checkBefore(tx, startedBy);
  if ((before?.id ?? null) !== last) return null;
  const breaches = breachesOf(inputs);
  const text = canonicalize(inputs);
  const inputsDigest = createHash('sha256').update(text, 'utf8').digest('hex');
  const id = randomUUID();
  const fresh = newBreaches(readBreaches(before?.breaches ?? []), breaches).length;
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
}
