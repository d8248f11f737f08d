/**
 * Builds a package that was ordered: reads everything in one state of the database and writes sealed parts as they come,
 * so that memory does not grow with what the person did. What counts is the row that says it was built, written last:
 * until then nothing of it can be seen, and a build that came to no end leaves nothing that anybody can use.
 */
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { noteBroken, type BrokenRow } from '#lib/persons/texts/open-found.ts';
import { rolesOf } from '#lib/persons/roles-of.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Subject } from '../collect/spans.ts';
import { systemOf } from '../collect/systems.ts';
import { requestsTopic } from '../requests/append-event.ts';
import { accessPdf } from './access-pdf.ts';
import { choicesForm, type Preview, type PreviewItem } from './choices.ts';
import { leftOutAround } from './around-ties.ts';
import { leftOutByTies, loadTies, spansOf } from './client-ties.ts';
import { loadContent, tellableValues } from './load-content.ts';
import type { ClientTie } from './tie-form.ts';
import { PartWriter } from './package-parts.ts';
import { notOpened, portabilitySchema, type PackageHead } from './package-schema.ts';
import { isPortable, notProvided, portabilityCsv, portableValues } from './portability.ts';
import type { Counted } from './record-pieces.ts';
import { accessJson, movementsCsv, packageSystems } from './write-access.ts';
import { portabilityJson, portableSystems } from './write-portability.ts';
import { ZipStream } from './zip-stream.ts';

/** Hundreds of thousands of movements take less. */
const timeoutMs = 600_000;
const beatEveryMs = 1_000;

export type Ordered = {
  id: string;
  keyId: string;
  right: string;
  personId: string;
  choices: unknown;
  orderedAt: Date;
  request: { id: string; number: string };
};

/** What is in a package, with how many records: what everybody sees who reads requests. */
export const contentsForm = z.array(
  z.strictObject({
    what: z.string().max(100),
    records: z.int().min(0),
    /** Where it is left out: the ground that the decision has to name. */
    ground: z.string().max(40).optional(),
  }),
);
type Contents = z.infer<typeof contentsForm>;

type Made = { contents: Contents; preview: Preview; undecided: number; broken: BrokenRow[] };
type Whose = { subject: Subject; ties: readonly ClientTie[] };

/** @throws DataKeysError where the key service can't be reached; nothing of the package counts then. */
export async function buildPackage(
  { db, clock, settings }: Pick<Context, 'db' | 'clock' | 'settings'>,
  order: Ordered,
  attempt: number,
): Promise<void> {
  const home = { packageId: order.id, keyId: order.keyId, attempt };
  const writer = new PartWriter(db, home, 'zip');
  const beat = beatOf(db, order.id, clock);
  const zip = new ZipStream(order.orderedAt, (bytes) => writer.write(bytes));
  let keyRead: string | null = null;
  let ties: readonly ClientTie[] = [];
  const made = await inSnapshot(
    db,
    async (tx) => {
      keyRead = await keyOf(tx, order.personId);
      const head = {
        request: order.request.number,
        organisation: settings.organisation,
        environment: settings.mode,
        asOf: clock().toISOString(),
        person: order.personId,
      };
      ties = await loadTies(tx, {
        request: order.request.id,
        person: order.personId,
        acting: null,
        at: new Date(head.asOf),
      });
      const whose = { subject: { id: order.personId, spans: spansOf(ties) }, ties };
      return order.right === 'portability'
        ? writePortability(tx, zip, head, whose, beat)
        : writeAccess(tx, zip, head, { ...whose, order }, beat);
    },
    { timeoutMs },
  );
  // What does not open is on record whatever becomes of the package.
  await noteBroken(db, made.broken);
  await zip.end();
  const digest = await writer.end();
  const preview = new PartWriter(db, home, 'preview');
  await preview.write(new TextEncoder().encode(JSON.stringify(made.preview)));
  await preview.end();
  await inTransaction(db, async (tx) => {
    // Whoever finds that the request is about somebody else waits, or has been.
    await lockNamed(tx, `privacy request ${order.request.id}`);
    const about = await tx.privacyRequestStanding.findUniqueOrThrow({
      where: { requestId: order.request.id },
      select: { personId: true, right: true },
    });
    if (about.personId !== order.personId || about.right !== order.right)
      throw new Error('The request turned out to be about somebody else.');
    // Whoever erases the person waits, or has been: what was read from before must not come to count.
    await tx.$queryRaw`select id from person where id = ${order.personId} for share`;
    if (keyRead === null || (await keyOf(tx, order.personId)) !== keyRead)
      throw new Error('Something of the person was erased while their package was built.');
    const at = clock();
    await appendAudit(tx, {
      kind: 'privacy-package-built',
      subject: order.request.number,
      actor: 'system',
      at,
      facts: { package: order.id, sha256: digest, bytes: writer.bytes },
    });
    await tx.privacyPackageBuilt.create({
      data: {
        packageId: order.id,
        attempt,
        digest,
        bytes: writer.bytes,
        contents: made.contents.map(asJson),
        ties: ties.map(asJson),
        undecided: made.undecided,
        builtAt: at,
      },
      select: { packageId: true },
    });
    await publish(tx, { topic: requestsTopic, id: order.request.id });
  });
}

async function keyOf(tx: Tx, person: string): Promise<string | null> {
  const row = await tx.person.findUnique({ where: { id: person }, select: { keyId: true } });
  return row?.keyId ?? null;
}

async function writeAccess(
  tx: Tx,
  zip: ZipStream,
  head: PackageHead,
  { subject, ties, order }: Whose & { order: Ordered },
  beat: (done: number) => Promise<void>,
): Promise<Made> {
  const content = await loadContent(tx, { subject, ties }, choicesForm.parse(order.choices));
  const counts: Counted = new Map();
  const total = (): number => [...counts.values()].reduce((sum, one) => sum + one, 0);
  await zip.add(
    'your-data.json',
    watched(accessJson(tx, head, content, counts), () => beat(total())),
  );
  await zip.add(
    'movements.csv',
    watched(movementsCsv(tx, subject), () => beat(total())),
  );
  await zip.add('your-data.pdf', [await accessPdf(head, content, counts)]);
  const kept = 'The person’s own data, which always go in.';
  const always = (about: string, records: number): PreviewItem => ({
    item: null,
    about,
    at: null,
    take: 'in',
    reason: kept,
    text: null,
    records,
  });
  const groups = [
    always('Values of the vault', content.values.length),
    ...packageSystems.map((code) => always(systemOf(code).name, counts.get(code) ?? 0)),
  ];
  return {
    contents: [
      ...groups.map(({ about, records }) => ({ what: about, records })),
      { what: 'Texts', records: content.texts.length },
      ...content.leftOut.map(({ what, records, ground }) =>
        ground === notOpened ? { what, records } : { what, records, ground },
      ),
    ],
    preview: [...groups, ...content.preview],
    undecided: content.undecided,
    broken: content.broken,
  };
}

async function writePortability(
  tx: Tx,
  zip: ZipStream,
  head: PackageHead,
  { subject, ties }: Whose,
  beat: (done: number) => Promise<void>,
): Promise<Made> {
  const [roles, values] = [await rolesOf(tx, head.person), await tellableValues(tx, head.person)];
  const portable = portableValues(values, roles);
  const out = new Set(values.filter((one) => !isPortable(one, roles)).map(({ field }) => field));
  const leftOut = [
    ...leftOutByTies(ties, '20(4)'),
    ...(await leftOutAround(tx, subject, { codes: portableSystems, article: '20(4)' })),
    ...notProvided(out.size),
  ];
  const counts: Counted = new Map();
  const total = (): number => [...counts.values()].reduce((sum, one) => sum + one, 0);
  await zip.add(
    'your-data.json',
    watched(portabilityJson(tx, head, { subject, values: portable, leftOut }, counts), () =>
      beat(total()),
    ),
  );
  await zip.add('your-data.schema.json', [portabilitySchema()]);
  await zip.add('your-data.csv', [portabilityCsv(portable)]);
  await zip.add(
    'movements.csv',
    watched(movementsCsv(tx, subject), () => beat(total())),
  );
  const line = (
    about: string,
    take: 'in' | 'out',
    reason: string,
    records: number,
  ): PreviewItem => ({
    item: null,
    about,
    at: null,
    take,
    reason,
    text: null,
    records,
  });
  const records = portableSystems.map((code) => ({
    what: systemOf(code).name,
    records: counts.get(code) ?? 0,
  }));
  return {
    contents: [
      { what: 'Values that the person provided', records: portable.length },
      ...records,
      ...leftOut.map(({ what, records: found, ground }) => ({ what, records: found, ground })),
    ],
    preview: [
      ...portable.map(({ label }) =>
        line(label, 'in', 'Provided, on consent or contract (Art 20(1)).', 1),
      ),
      ...records.map(({ what, records: found }) =>
        line(what, 'in', 'Made by what the person did with the service (Art 20(1)).', found),
      ),
      line(
        'Other values',
        'out',
        'Not provided by the person, or kept on another ground (Art 20(1)).',
        out.size,
      ),
    ],
    undecided: 0,
    broken: [],
  };
}

async function* watched(pieces: AsyncIterable<string>, look: () => Promise<void>) {
  for await (const piece of pieces) {
    yield piece;
    await look();
  }
}

/** Says at most once a second how far it is, so that the page shows it and no second worker begins. */
function beatOf(db: Context['db'], packageId: string, clock: () => Date) {
  let last = performance.now();
  return async (done: number): Promise<void> => {
    if (performance.now() - last < beatEveryMs) return;
    last = performance.now();
    await db.privacyPackageProgress.update({
      where: { packageId },
      data: { beatAt: clock(), done },
      select: { attempt: true },
    });
  };
}
