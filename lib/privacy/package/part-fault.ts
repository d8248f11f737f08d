/**
 * Whether a decision says that the copy lacks something, where it does: a grant in part must not read like a whole one, to
 * the person or on record (Article 12(4) GDPR; EDPB guidelines 01/2022).
 */
import type { Tx } from '#lib/platform/db/transaction.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import type { EventFacts } from '../requests/event.ts';
import { refusalGrounds, type EventKind, type RefusalGround } from '../requests/life.ts';
import type { RequestFile } from '../requests/load-request.ts';
import { contentsForm } from './build-package.ts';

type Decided = Pick<EventFacts<'proposed'>, 'decision' | 'grounds' | 'package'>;

/** Law that forbids to tell of something stands in no copy. */
const untold: ReadonlySet<RefusalGround> = new Set(['restricted-by-law']);

/** What changes who is named in the copy. */
const telling: ReadonlySet<EventKind> = new Set(['recipient-added', 'recipient-struck']);

/** @returns null where copy and decision say the same, or no copy is handed out. */
export async function findPartFault(
  tx: Tx,
  { id, standing, events }: Pick<RequestFile, 'id' | 'standing' | 'events'>,
  { decision, grounds, package: digest }: Decided,
): Promise<Refused | null> {
  if (standing.right !== 'access' || digest === null || decision === 'refuse') return null;
  const built = await tx.privacyPackageBuilt.findFirst({
    where: { digest, package: { requestId: id } },
    select: { contents: true, package: { select: { orderedAt: true } } },
  });
  const orderedAt = built?.package.orderedAt.toISOString() ?? '';
  if (events.some(({ kind, at }) => telling.has(kind) && at > orderedAt))
    return refuse(
      'package-older',
      'Recipients were put on record after this package was ordered. Build it anew, so that it names them.',
    );
  const contents = contentsForm.parse(built?.contents ?? []);
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

const wordsOf = (ground: string): string => {
  const { name, article } = refusalGrounds[ground as RefusalGround];
  return `${name.toLowerCase()} (Art ${article})`;
};
