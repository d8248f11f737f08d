/** Opens what a package will contain, for who works on the request or decides on it. That they look is on record first. */
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { tellableFields } from '../collect/vault-systems.ts';
import { findTooMany } from '../people/open-person.ts';
import { requestField, requestUnknown } from '../requests/act-on-request.ts';
import { lockRequest } from '../requests/load-request.ts';
import type { Preview, PreviewItem } from './choices.ts';
import { lacksPreview } from './may-preview.ts';
import { newestPackage } from './order-package.ts';
import { openParts } from './package-parts.ts';
import { clientTies, type ClientTie } from './tie-form.ts';
import { isOfRequest } from './package-state.ts';

/** An item with the reason that a person gave for leaving it out; empty where there is none. */
export type ShownItem = PreviewItem & { ground: string };

/** A tie by which the person is a client, with names of who recorded and who confirmed it. */
export type ShownTie = ClientTie & { recorder: string; confirmer: string | null };

const shownTies = (kept: unknown, nameOf: (id: string) => string): ShownTie[] =>
  clientTies.parse(kept ?? []).map((tie) => ({
    ...tie,
    recorder: tie.recordedBy === null ? 'not on record' : nameOf(tie.recordedBy),
    confirmer: tie.confirmedBy === null ? null : nameOf(tie.confirmedBy),
  }));

export async function readPreview(
  actor: Actor,
  input: unknown,
  { db, clock }: Context,
): Promise<Result<{ version: number; items: ShownItem[]; ties: ShownTie[] }>> {
  const refused = lacksPreview(actor);
  if (refused) return refused;
  const read = readForm(z.strictObject({ id: requestField }), input);
  if (!read.ok) return read;
  return keysRefusal(async () => {
    const names = await operatorNames(db);
    const found = await inTransaction(db, async (tx) => {
      const file = await lockRequest(tx, read.form.id);
      if (!file) return requestUnknown();
      const newest = await newestPackage(tx, file.id);
      if (!newest?.built || newest.built.erasedAt !== null || !isOfRequest(newest, file.standing))
        return refuse('no-package', 'There is no package to look through. Order one.');
      const at = clock();
      const stopped = await findTooMany(tx, actor, newest.personId, at);
      if (stopped) return stopped;
      // It shows what is known of the person, which their page and their next copy say.
      await tx.personLook.create({
        data: {
          personId: newest.personId,
          by: actor.personId,
          purpose: 'request-of-person',
          reference: file.number,
          fields: [...tellableFields],
          at,
        },
        select: { id: true },
      });
      await appendAudit(tx, {
        kind: 'privacy-package-read',
        subject: file.number,
        actor: actor.personId,
        at,
        facts: { package: newest.id, what: 'preview' },
      });
      return ok({ ...newest, built: newest.built, ties: shownTies(newest.built.ties, names) });
    });
    if (!found.ok) return found;
    const { id, version, reasons, built, ties } = found.value;
    const parts: Uint8Array[] = [];
    const home = { packageId: id, attempt: built.attempt };
    for await (const part of openParts(db, home, 'preview')) parts.push(part);
    const items = JSON.parse(new TextDecoder().decode(Buffer.concat(parts))) as Preview;
    const grounds = await openReasons(id, reasons);
    return ok({
      version,
      ties,
      items: items.map((one) => ({ ...one, ground: (one.item && grounds[one.item]) ?? '' })),
    });
  });
}

async function openReasons(
  id: string,
  sealed: Uint8Array | null,
): Promise<Readonly<Record<string, string>>> {
  if (sealed === null) return {};
  const [opened] = await dataKeys().open([{ context: `privacy-package/${id}/reasons`, sealed }]);
  return opened?.state === 'open'
    ? (JSON.parse(new TextDecoder().decode(opened.plain)) as Record<string, string>)
    : {};
}
