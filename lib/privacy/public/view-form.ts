import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Context } from '#lib/platform/context.ts';
import { dayOf } from '#lib/platform/days.ts';

export type FormView = {
  organisation: string;
  /** By which the form is known where it is sent twice; another one for each page that is drawn. */
  once: string;
  /** The notice for clients that is in force, in its newest edition; null where none is on record. */
  notice: { name: string; edition: string; inForceFrom: string; address: string | null } | null;
};

/** Of a notice's facts what the form shows; anything else of them stays here. */
const noticeFacts = z.object({
  name: z.string(),
  audience: z.array(z.string()),
  editions: z.array(
    z.object({ edition: z.string(), inForceFrom: z.string(), at: z.string().nullable() }),
  ),
});

const noticesMax = 100;

/** What the public form shows to anybody: nothing of ours but the name of the organisation and its privacy notice. */
export async function viewRequestForm({
  db,
  clock,
  settings,
}: Pick<Context, 'db' | 'clock' | 'settings'>): Promise<FormView> {
  const today = dayOf(clock());
  const rows = await db.resilienceCurrent.findMany({
    where: { kind: 'notice', retired: false, state: 'in-force' },
    orderBy: { number: 'asc' },
    select: { facts: true },
    take: noticesMax,
  });
  const [notice = null] = rows.flatMap(({ facts }) => {
    const read = noticeFacts.safeParse(facts);
    const edition = read.data?.editions.findLast(({ inForceFrom }) => inForceFrom <= today);
    if (!read.success || !edition || !read.data.audience.includes('clients')) return [];
    const { at, ...shown } = edition;
    return [{ name: read.data.name, ...shown, address: addressOf(at) }];
  });
  const once = randomBytes(24).toString('base64url');
  return { organisation: settings.organisation, once, notice };
}

/** Where the text stands, if that is an address of the web. */
const addressOf = (at: string | null): string | null =>
  at !== null && URL.canParse(at) && new URL(at).protocol === 'https:' ? at : null;
