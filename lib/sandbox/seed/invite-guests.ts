import { readFile } from 'node:fs/promises';
import { createInvitation, enrolmentLink } from '#lib/identity/invite-operator.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { guests } from '../colleagues/people.ts';
import type { SeedContext } from './seed-context.ts';
import { saveLinks } from './welcome-file.ts';

/** Makes the enrolment links that the start prints; once per sandbox. */
export async function inviteGuests(path: string, context: SeedContext): Promise<void> {
  if (await readFile(path, 'utf8').catch(() => null)) return;
  const links = [];
  for (const guest of guests) {
    const { token, expiresAt } = await inTransaction(context.db, (tx) =>
      createInvitation(tx, { ...guest, roles: [...guest.roles] }, null, context.clock()),
    );
    links.push({
      label: guest.displayName,
      url: enrolmentLink(context.settings.origin, token),
      expiresAt: expiresAt.toISOString(),
    });
  }
  await saveLinks(path, links);
  context.log('enrolment links made');
}
