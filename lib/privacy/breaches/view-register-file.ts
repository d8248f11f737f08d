/** The register of breaches as a file for the authority (GDPR Art 33(5)), for whoever saves it. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayOf } from '#lib/platform/days.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { withoutRestricted } from '#lib/persons/texts/restricted.ts';
import { lacksReading, mayReadContents } from '../requests/may-read.ts';
import { notOpening, openShownTexts } from '../requests/shown-texts.ts';
import { readBreachEvent } from './event.ts';
import { foldBreach, type BreachStanding } from './fold.ts';
import {
  keptBack,
  registerCsv,
  type RegisterEntry,
  type RegisterTexts,
} from './register-record.ts';
import { registerPdf } from './render-pdf.ts';

const formats = ['pdf', 'csv'] as const;
const form = z.strictObject({ format: z.enum(formats, 'Choose PDF or CSV.') });

/** Breaches that one file may hold. */
const entriesMax = 2_000;

export type BreachFileMade = { name: string; bytes: Uint8Array };

/**
 * Who takes it, in which form, with how many texts and which digest is on record before the first byte leaves. Who may not
 * open what people wrote gets it without: facts by codes and counts verify what Article 33 asks.
 */
export async function viewRegisterFile(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<BreachFileMade>> {
  const refused = lacksReading(actor);
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { format } = read.form;
  const at = context.clock();
  return keysRefusal(async () => {
    const loaded = await inSnapshot(context.db, loadEntries);
    if (loaded === null)
      return refuse('too-many', `The register holds more than ${entriesMax} breaches.`);
    const { entries, opened } = mayReadContents(actor)
      ? await openEntries(context, loaded)
      : { entries: loaded.map(withoutTexts), opened: 0 };
    const register = {
      organisation: context.settings.organisation,
      environment: context.settings.mode,
      asOf: at.toISOString(),
      entries,
    };
    const bytes =
      format === 'pdf' ? await registerPdf(register) : Buffer.from(registerCsv(register));
    await inTransaction(context.db, (tx) =>
      appendAudit(tx, {
        kind: 'privacy-breach-exported',
        subject: 'register-of-breaches',
        actor: actor.personId,
        at,
        facts: {
          format,
          entries: entries.length,
          texts: opened,
          bytes: bytes.length,
          sha256: createHash('sha256').update(bytes).digest('hex'),
        },
      }),
    );
    return ok({ name: `register-of-breaches-${dayOf(at)}.${format}`, bytes });
  });
}

type Sealed = { seq: number; field: string; commitment: string; sealed: Uint8Array | null };
type Loaded = Omit<RegisterEntry, 'texts'> & { id: string; rows: Sealed[] };

/** Null where there are more than a file may hold. */
async function loadEntries(tx: Tx): Promise<Loaded[] | null> {
  const breaches = await tx.privacyBreach.findMany({
    orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
    select: { id: true, number: true, erasure: { select: { erasedAt: true } } },
    take: entriesMax + 1,
  });
  if (breaches.length > entriesMax) return null;
  const links = await tx.$queryRaw<{ ref: string; number: string }[]>`
    select l.ref, i.number from incident_link l join incident i on i.id = l.incident_id
      where l.kind = 'breach' order by i.number`;
  const loaded: Loaded[] = [];
  for (const { id, number, erasure } of breaches) {
    const events = await tx.privacyBreachEvent.findMany({
      where: { breachId: id },
      orderBy: { seq: 'asc' },
    });
    const standing = foldBreach(events.map(readBreachEvent));
    const places = placesOf(standing, events);
    const rows = await tx.privacyBreachText.findMany({
      where: { breachId: id, OR: places },
      select: { seq: true, field: true, commitment: true, sealed: true },
    });
    const incidents = links.filter(({ ref }) => ref === number).map((link) => link.number);
    const erasedAt = erasure?.erasedAt?.toISOString() ?? null;
    loaded.push({ id, number, standing, incidents, rows, erasedAt });
  }
  return loaded;
}

/** The newest texts of what the register holds, and the reasons by which nobody was notified. */
function placesOf(
  { texts }: BreachStanding,
  events: readonly { seq: number; kind: string }[],
): { seq: number; field: string }[] {
  const why = events.findLast(({ kind }) =>
    ['clearance-proposed', 'dismissal-proposed', 'dismissed'].includes(kind),
  );
  return [
    ...[...texts].map(([field, seq]) => ({ seq, field })),
    ...(why ? [{ seq: why.seq, field: 'reasons' }] : []),
  ];
}

/** The register is there for the authority (Art 33(5) GDPR): who is restricted is left out where that is no ground. */
async function openEntries(
  { db }: Pick<Context, 'db'>,
  loaded: readonly Loaded[],
): Promise<{ entries: RegisterEntry[]; opened: number }> {
  const entries: RegisterEntry[] = [];
  let count = 0;
  for (const { id, rows, ...entry } of loaded) {
    const opened = await openShownTexts(db, id, rows, 'privacy-breach');
    const shown = await withoutRestricted(db, 'authority', 'privacy_breach_text', opened);
    const text = (field: string) => shown[opened.findIndex((one) => one.field === field)] ?? null;
    entries.push({ ...entry, texts: textsOf(entry, text) });
    count += opened.filter(({ text: one }) => one !== null && one !== notOpening).length;
  }
  return { entries, opened: count };
}

/** Says only where there is a text; none is opened. */
function withoutTexts({ id: _id, rows, ...entry }: Loaded): RegisterEntry {
  const isKept = (field: string): boolean =>
    rows.some((row) => row.field === field && row.sealed !== null);
  return { ...entry, texts: textsOf(entry, (field) => (isKept(field) ? keptBack : null)) };
}

const textsOf = (
  { standing }: Pick<RegisterEntry, 'standing'>,
  text: (field: string) => string | null,
): RegisterTexts => ({
  what: text('nature') ?? text('description'),
  effects: text('consequences'),
  remedies: text('measures'),
  why: standing.clearedAt !== null || standing.state === 'not-a-breach' ? text('reasons') : null,
});
