/** A request desk with a client whose person asks for a copy, for database tests. */
import { randomUUID } from 'node:crypto';
import { unzipSync } from 'fflate';
import { valueOf } from '#lib/identity/testing/people.ts';
import { createVault, deposit, raise, type Books } from '#lib/ledger/testing/books.ts';
import { newPersonId } from '#lib/persons/ids.ts';
import { keepText, textColumns, writeMentions } from '#lib/persons/texts/keep-texts.ts';
import { writePerson } from '#lib/persons/write-person.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { collectSystem } from '../collect/collect-system.ts';
import { PackageDesk } from '../package/package-desk.ts';
import { openParts } from '../package/package-parts.ts';
import { giveOpinion, identifyPerson } from '../requests/move-request.ts';
import { buildCopy, type Taking } from './build-copy.ts';
import { reviewRequest } from '../requests/review-request.ts';
import { tiedLongAgo } from './tied-long-ago.ts';
import { openRequestDesk, received, type RequestDesk } from './request-desk.ts';

export const clientId = 'C-70001';
/** Stands behind the same client, and is nobody's to tell. */
export const other = {
  'full-name': 'Bruno Kowalczyk',
  email: 'bruno.kowalczyk@example.net',
  phone: '+48221234567',
  'document-number': 'PL9988776',
} as const;

export type PackagesDesk = RequestDesk & { books: Books; other: string; packages: PackageDesk };

export async function openPackagesDesk(): Promise<PackagesDesk> {
  const desk = await openRequestDesk();
  const { owner, web, worker, database, context } = desk;
  await createVault(owner);
  await owner.client.create({ data: { id: clientId } });
  const books = { database, owner, web, worker };
  const second = newPersonId();
  await inTransaction(web, async (tx) => {
    const written = { by: desk.people.ada.actor.personId, at: context.clock() };
    await writePerson(tx, { id: second, values: other }, written);
    for (const [personId, role] of [
      [desk.subject, 'client'],
      [second, 'representative'],
    ] as const)
      await tx.personTie.create({
        data: { personId, role, clientId, since: context.clock(), recordedBy: written.by },
      });
  });
  await tiedLongAgo(owner, clientId);
  const packages = new PackageDesk({
    db: worker,
    clock: () => context.clock(),
    settings: context.settings,
  });
  return { ...desk, books, other: second, packages };
}

/** Somebody of the staff writes about an operation of the client. */
export async function noted(desk: PackagesDesk, text: string): Promise<void> {
  await deposit(desk.books, clientId, 5_000_000_000n);
  const operation = randomUUID();
  await raise(desk.books, operation, clientId, 1_000n);
  await inTransaction(desk.web, async (tx) => {
    const kept = await keepText(tx, 'operation_note', text);
    await tx.operationNote.create({
      data: {
        id: randomUUID(),
        operationId: operation,
        kind: 'reason',
        personId: desk.people.ada.actor.personId,
        ...textColumns(kept),
      },
      select: { id: true },
    });
    await writeMentions(tx, 'operation_note', [kept]);
  });
}

/** A request of the client, with the vault collected: three events. */
export async function collected(desk: PackagesDesk, more: Record<string, string> = {}) {
  const request = await received(desk, more);
  const { id } = request;
  const { actor } = desk.people.dora;
  const person = { person: desk.subject, ground: 'signed-in', proof: 'Signed in this morning.' };
  valueOf(await identifyPerson(actor, { id, seen: '1', ...person }, desk.context));
  valueOf(await collectSystem(actor, { id, seen: '2', system: 'vault' }, desk.context));
  return request;
}

/** The rest up to the opinion: five events. */
export async function adviseOn(desk: PackagesDesk, id: string): Promise<void> {
  const { actor } = desk.people.dora;
  const review = { id, seen: '3', blockers: [], reasons: 'Nothing stands against it here.' };
  valueOf(await reviewRequest(actor, review, desk.context));
  const text = 'She has the right to all of it.';
  valueOf(await giveOpinion(actor, { id, seen: '4', opinion: 'for', text }, desk.context));
}

/** Orders and has the worker build. @param take what to do with each text that nobody has read. */
export const built = (
  desk: PackagesDesk,
  id: string,
  take: Taking | null = null,
  more: Record<string, string> = {},
): Promise<string> => buildCopy(desk, id, take, more);

export async function work({ packages }: PackagesDesk): Promise<void> {
  await packages.look();
  await packages.settled();
}

/** The newest package of a request as it is kept, whoever may have it. */
export async function zipOf({ owner }: PackagesDesk, requestId: string): Promise<Uint8Array> {
  const row = await owner.privacyPackage.findFirstOrThrow({
    where: { requestId },
    orderBy: { version: 'desc' },
    include: { built: true },
  });
  const parts: Uint8Array[] = [];
  const home = { packageId: row.id, attempt: row.built?.attempt ?? 0 };
  for await (const part of openParts(owner, home, 'zip')) parts.push(part);
  return new Uint8Array(Buffer.concat(parts));
}

/** The files of a zip by their names. */
export const unzipped = (bytes: Uint8Array): Record<string, Uint8Array> => unzipSync(bytes);
export const textOf = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
