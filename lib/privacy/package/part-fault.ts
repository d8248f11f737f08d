/**
 * Whether a decision says that the copy lacks something, where it does: a grant in part must not read like a whole one, to
 * the person or on record (Article 12(4) GDPR; EDPB guidelines 01/2022).
 */
import type { Tx } from '#lib/platform/db/transaction.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import type { EventFacts } from '../requests/event.ts';
import { refusalGrounds, type EventKind, type RefusalGround } from '../requests/life.ts';
import type { RequestFile } from '../requests/load-request.ts';
import { handsOutCopy } from '../requests/rests-on.ts';
import { contentsForm } from './build-package.ts';

type Decided = Pick<EventFacts<'proposed'>, 'decision' | 'grounds' | 'package'>;

/** Law that forbids to tell of something stands in no copy. */
const untold: ReadonlySet<RefusalGround> = new Set(['restricted-by-law']);

/** What changes what the copy has to say. */
const telling: ReadonlySet<EventKind> = new Set([
  'recipient-added',
  'recipient-struck',
  'collected',
]);

/** @returns null where copy and decision say the same, or no copy is handed out. */
export async function findPartFault(
  tx: Tx,
  { id, standing, events }: Pick<RequestFile, 'id' | 'standing' | 'events'>,
  { decision, grounds, package: digest }: Decided,
): Promise<Refused | null> {
  if (!handsOutCopy(standing.right, decision) || digest === null) return null;
  const built = await tx.privacyPackageBuilt.findFirst({
    where: { digest, package: { requestId: id } },
    orderBy: { builtAt: 'desc' },
    select: { contents: true, package: { select: { orderedAt: true, personId: true } } },
  });
  if (!built)
    return refuse('other-package', 'There is no such package any more. Load the page again.');
  const { orderedAt, personId } = built.package;
  if (events.some(({ kind, at }) => telling.has(kind) && at > orderedAt.toISOString()))
    return packageOlder('Recipients were put on record, or something was collected,');
  const corrected = await tx.personValue.count({
    where: { personId, recordedAt: { gt: orderedAt } },
  });
  if (corrected > 0) return packageOlder('Data of the person were recorded');
  const contents = contentsForm.parse(built.contents);
  const left = new Set(contents.flatMap(({ ground }) => ground ?? []));
  const unsaid = [...left].find((ground) => !(grounds as readonly string[]).includes(ground));
  if (decision === 'grant' && left.size > 0)
    return refuse(
      'left-out',
      'The package leaves something out, so grant it in part, with the grounds that stand in it.',
    );
  if (unsaid !== undefined)
    return refuse('left-out', `The package leaves something out: ${wordsOf(unsaid)}. Name that.`);
  const empty = grounds.find((ground) => !untold.has(ground) && !left.has(ground));
  return empty === undefined
    ? null
    : refuse(
        'nothing-left-out',
        `The package leaves nothing out on this ground: ${wordsOf(empty)}. It would read like a whole one. Drop the ground, or leave it out of the package.`,
      );
}

const packageOlder = (what: string): Refused<'package-older'> =>
  refuse(
    'package-older',
    `${what} after this package was ordered. Build it anew, so that the copy says what holds.`,
  );

const wordsOf = (ground: string): string => {
  const { name, article } = refusalGrounds[ground as RefusalGround];
  return `${name.toLowerCase()} (Art ${article})`;
};
