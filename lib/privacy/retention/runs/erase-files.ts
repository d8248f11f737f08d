/**
 * Erases the file of a request or a breach, or the reasons of a hold, whose time is over: their key is destroyed, then what
 * it sealed goes. What happened, when and by whom stays, by ids.
 */
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { AuditKind } from '#lib/audit/kinds.ts';
import {
  expectEverywhere,
  shredOneOwn,
  type EndingKey,
  type KeyOwnerKind,
} from '#lib/platform/data-keys/shred-own.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { isUnanswered, type RequestState } from '../../requests/life.ts';
import type { FileCode } from '../schedule.ts';
import { beginBreachFile, clearBreachFile, findBreachFile, type FoundFile } from './breach-file.ts';
import { skipReasons } from './skips.ts';

type Needs = Pick<Context, 'db' | 'clock'>;
export type QueuedFile = { runId: string; rule: FileCode; subject: string };

/** Who owns the key of such a file, under which lock it is written to, and how the trail names that it went. */
const kinds = {
  'request-files': {
    owner: 'request',
    lock: 'privacy request',
    erased: 'privacy-request-erased',
  },
  'hold-files': { owner: 'hold', lock: 'legal hold', erased: 'privacy-hold-erased' },
  'breach-files': { owner: 'breach', lock: 'privacy breach', erased: 'privacy-breach-erased' },
} as const satisfies Record<FileCode, { owner: KeyOwnerKind; lock: string; erased: AuditKind }>;

/**
 * Asked again after it was cut off, it goes on. Until the key is gone nothing is lost that a hold could still need.
 * @returns whether a key was destroyed.
 * @throws DataKeysError where the key service can't be reached or has destroyed enough for this hour, and KeyOfOtherError
 *   where the file names a key that is not its own.
 */
export async function eraseFile({ db, clock }: Needs, item: QueuedFile): Promise<boolean> {
  const ending = await inTransaction(db, (tx) => begin(tx, item, clock()));
  if (ending === null) return false;
  const receipt = await shredOneOwn(db, ending);
  expectEverywhere(receipt);
  await inTransaction(db, async (tx) => {
    await lockNamed(tx, `${kinds[item.rule].lock} ${ending.owner}`);
    const found = await find(tx, item);
    if (!found) throw new Error(`${item.subject} is gone`);
    // An erasure of somebody who is named in it gave it another key meanwhile, which is destroyed at the next look.
    if (found.keyId !== ending.key) return;
    const at = clock();
    await appendAudit(tx, {
      kind: kinds[item.rule].erased,
      subject: item.subject,
      actor: 'system',
      at,
      facts: { by: item.rule, rootBefore: receipt.rootBefore, rootAfter: receipt.rootAfter },
    });
    await clear(tx, item.rule, found.id, at);
    await tx.retentionItem.update({
      where: { runId_rule_subject: item },
      data: { state: 'done', endedAt: at },
      select: { state: true },
    });
  });
  return true;
}

/** @returns the key to destroy; null where it is left, with the reason on record. */
async function begin(tx: Tx, item: QueuedFile, at: Date): Promise<EndingKey | null> {
  const where = { runId_rule_subject: item };
  // Whoever opens a hold or reopens the file has been, or waits until this is on record.
  await tx.$executeRaw`select pg_advisory_xact_lock_shared(hashtextextended('legal holds', 0))`;
  const first = await find(tx, item);
  if (first) await lockNamed(tx, `${kinds[item.rule].lock} ${first.id}`);
  const found = await find(tx, item);
  const left = found ? found.left : 'It is not on record';
  if (!found || left !== null) {
    await tx.retentionItem.update({
      where,
      data: { state: 'left', reason: left, endedAt: at },
      select: { state: true },
    });
    return null;
  }
  await tx.retentionItem.update({ where, data: { state: 'begun' }, select: { state: true } });
  if (item.rule === 'breach-files')
    await beginBreachFile(tx, { id: found.id, runId: item.runId, at });
  return { key: found.keyId, kind: kinds[item.rule].owner, owner: found.id };
}

async function find(tx: Tx, { rule, subject }: QueuedFile): Promise<FoundFile | null> {
  if (rule === 'breach-files') return findBreachFile(tx, subject);
  if (rule === 'hold-files') {
    const hold = await tx.privacyHold.findUnique({
      where: { number: subject },
      include: { standing: true },
    });
    if (!hold) return null;
    const [held] = await tx.$queryRaw<{ yes: boolean }[]>`
      select exists (select from holds_on_hold(${subject})) or exists (select from privacy_hold_standing s
        where s.hold_id = ${hold.id}::uuid and still_keeps('hold', s.hold_id, s.state)) as yes`;
    const left = held?.yes ? skipReasons.hold : null;
    return { id: hold.id, keyId: hold.keyId, left };
  }
  const request = await tx.privacyRequest.findUnique({
    where: { number: subject },
    include: { standing: true },
  });
  if (!request?.standing) return null;
  const { state, personId } = request.standing;
  const [held] = await tx.$queryRaw<{ yes: boolean }[]>`
    select exists (select from holds_on_request(${subject}, ${personId})) as yes`;
  const isOver = !isUnanswered(state as RequestState);
  const left = held?.yes ? skipReasons.hold : isOver ? null : 'It was opened again';
  return { id: request.id, keyId: request.keyId, left };
}

async function clear(tx: Tx, rule: FileCode, id: string, at: Date): Promise<void> {
  if (rule === 'breach-files') return clearBreachFile(tx, id, at);
  const erased = { sealed: null, erasedAt: at };
  if (rule === 'hold-files') {
    await tx.privacyHoldText.updateMany({ where: { holdId: id, erasedAt: null }, data: erased });
    return;
  }
  const where = { requestId: id, erasedAt: null };
  // Whom texts of it named, which stands on record since an erasure that left some of them.
  await tx.$executeRaw`delete from person_mention m using privacy_request_text t
    where m.of_table = 'privacy_request_text' and m.commitment = t.commitment and t.request_id = ${id}::uuid`;
  await tx.privacyRequestText.updateMany({ where, data: erased });
  await tx.privacyRequestFile.updateMany({ where, data: erased });
  await tx.privacyRequestSearch.deleteMany({ where: { requestId: id } });
}
