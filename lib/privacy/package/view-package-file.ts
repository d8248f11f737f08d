/** Hands out the package that was approved, for its dispatch: who works on requests, and each time on record. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { tellableFields } from '../collect/vault-systems.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { requestField, requestUnknown } from '../requests/act-on-request.ts';
import type { RequestState } from '../requests/life.ts';
import { lockRequest } from '../requests/load-request.ts';
import { openParts } from './package-parts.ts';

/** From the decision on, as long as it is kept. */
const releasedIn: ReadonlySet<RequestState> = new Set([
  'approved',
  'fulfilled',
  'partly-refused',
  'closed',
]);

/** What stands in the proposal is what goes out: what was built is digested again on its way. */
export async function viewPackageFile(
  actor: Actor,
  input: unknown,
  { db, clock }: Context,
): Promise<Result<{ name: string; bytes: Uint8Array }>> {
  const refused = lacksScope(actor, 'privacy:work');
  if (refused) return refused;
  const read = readForm(z.strictObject({ id: requestField }), input);
  if (!read.ok) return read;
  return keysRefusal(async () => {
    const found = await inTransaction(db, async (tx) => {
      const file = await lockRequest(tx, read.form.id);
      if (!file) return requestUnknown();
      const { proposal, state, approvedBy } = file.standing;
      if (!releasedIn.has(state) || approvedBy === null || proposal?.decision === 'refuse')
        return refuse(
          'not-approved',
          `Two people have to decide on ${file.number} before anything of it goes out.`,
        );
      const digest = proposal?.package ?? null;
      const built =
        digest === null
          ? null
          : await tx.privacyPackageBuilt.findFirst({
              where: {
                digest,
                package: {
                  requestId: file.id,
                  personId: file.standing.person?.id ?? '',
                  right: file.standing.right,
                },
              },
              include: { package: { select: { personId: true } } },
            });
      if (!built)
        return refuse(
          'no-package',
          'What was approved names no package of the person whom the request is about.',
        );
      if (built.erasedAt !== null) return refuse('package-erased', 'This package was erased.');
      const at = clock();
      // Whoever has the file has seen the person's data, which the person's page and their next copy say.
      await tx.personLook.create({
        data: {
          personId: built.package.personId,
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
        facts: { package: built.packageId, what: 'zip', sha256: built.digest },
      });
      return ok({ ...built, number: file.number });
    });
    if (!found.ok) return found;
    const { packageId, attempt, digest, number } = found.value;
    const parts: Uint8Array[] = [];
    for await (const part of openParts(db, { packageId, attempt }, 'zip')) parts.push(part);
    const bytes = new Uint8Array(Buffer.concat(parts));
    if (createHash('sha256').update(bytes).digest('hex') !== digest)
      throw new Error('A package is not what was built.');
    return ok({ name: `${number}-package.zip`, bytes });
  });
}
