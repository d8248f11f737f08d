/** Opens what a package will contain, for who works on the request; that somebody did stands in the trail first. */
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { requestField } from '../requests/act-on-request.ts';
import type { Preview, PreviewItem } from './choices.ts';
import { newestPackage } from './order-package.ts';
import { openParts } from './package-parts.ts';

/** An item with the reason that a person gave for leaving it out; empty where there is none. */
export type ShownItem = PreviewItem & { ground: string };

export async function readPreview(
  actor: Actor,
  input: unknown,
  { db, clock }: Context,
): Promise<Result<{ version: number; items: ShownItem[] }>> {
  const refused = lacksScope(actor, 'privacy:work');
  if (refused) return refused;
  const read = readForm(z.strictObject({ id: requestField }), input);
  if (!read.ok) return read;
  return keysRefusal(async () => {
    const found = await inTransaction(db, async (tx) => {
      const newest = await newestPackage(tx, read.form.id);
      if (!newest?.built || newest.built.erasedAt !== null)
        return refuse('no-package', 'There is no package to look through. Order one.');
      const { number } = await tx.privacyRequest.findUniqueOrThrow({
        where: { id: newest.requestId },
        select: { number: true },
      });
      await appendAudit(tx, {
        kind: 'privacy-package-read',
        subject: number,
        actor: actor.personId,
        at: clock(),
        facts: { package: newest.id, what: 'preview' },
      });
      return ok({ ...newest, built: newest.built });
    });
    if (!found.ok) return found;
    const { id, version, reasons, built } = found.value;
    const parts: Uint8Array[] = [];
    const home = { packageId: id, attempt: built.attempt };
    for await (const part of openParts(db, home, 'preview')) parts.push(part);
    const items = JSON.parse(new TextDecoder().decode(Buffer.concat(parts))) as Preview;
    const grounds = await openReasons(id, reasons);
    return ok({
      version,
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
