import type { Context } from '#lib/platform/context.ts';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import { endLength, findLikeness, likenesses, piecesOf } from './likeness.ts';
import type { LookAlike } from './look-alike.ts';

/** Addresses looked at more closely, for each way of being alike. */
const candidateMax = 200;
/** Look-alikes told of; the closest ones. */
export const lookAlikeMax = 5;

const selected = {
  id: true,
  label: true,
  clientId: true,
  address: true,
  state: true,
  listedAt: true,
  removedAt: true,
} as const satisfies Prisma.DestinationSelect;
type Row = Prisma.DestinationGetPayload<{ select: typeof selected }>;

/** What is or was on the list comes before what never was. */
const places = ['listed', 'removed', 'proposed', 'dropped'] as const;

const placeOf = ({ state, listedAt }: Row): LookAlike['place'] => {
  if (state === 'listed' || state === 'proposed') return state;
  return listedAt === null ? 'dropped' : 'removed';
};

/**
 * Other addresses that a person could take for this one, of any client: all that are or ever were in
 * the book. Nothing is paid that is not in it, so these are all addresses ever paid as well.
 */
export async function findLookAlikes(address: string, context: Context): Promise<LookAlike[]> {
  // Apart, so that many with the same end never crowd out a closer one.
  const [near, ends] = await Promise.all([
    findCandidates(context, address, [
      { address: { equals: address, mode: 'insensitive' } },
      ...piecesOf(address).map((piece) => ({ address: { contains: piece } })),
    ]),
    findCandidates(context, address, [
      { address: { startsWith: address.slice(0, endLength) } },
      { address: { endsWith: address.slice(-endLength) } },
    ]),
  ]);
  const rows = new Map([...near, ...ends].map((row) => [row.id, row]));
  const alike = [...rows.values()].flatMap((row) => {
    const likeness = findLikeness(address, row.address);
    return likeness === null ? [] : [{ row, likeness, place: placeOf(row) }];
  });
  const closest = alike
    .toSorted(
      (a, b) =>
        likenesses.indexOf(a.likeness) - likenesses.indexOf(b.likeness) ||
        places.indexOf(a.place) - places.indexOf(b.place),
    )
    .slice(0, lookAlikeMax);
  const paid = await countPayments(
    closest.map(({ row }) => row.id),
    context,
  );
  return closest.map(({ row, likeness, place }) => ({
    label: shownText(row.label),
    client: row.clientId,
    address: row.address,
    likeness,
    place,
    removedAt: place === 'removed' ? row.removedAt : null,
    timesPaid: paid.get(row.id) ?? 0,
  }));
}

const findCandidates = (
  { db }: Context,
  address: string,
  ways: Prisma.DestinationWhereInput[],
): Promise<Row[]> =>
  db.destination.findMany({
    where: { address: { not: address }, OR: ways },
    select: selected,
    // By its letters a listed one comes before a proposed and a removed one.
    orderBy: [{ state: 'asc' }, { id: 'asc' }],
    take: candidateMax,
  });

async function countPayments(ids: string[], { db }: Context): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const counts = await db.operation.groupBy({
    by: ['destinationId'],
    where: { destinationId: { in: ids }, kind: 'withdrawal', state: 'confirmed' },
    _count: { _all: true },
  });
  return new Map(
    counts.flatMap(({ destinationId, _count }) =>
      destinationId === null ? [] : [[destinationId, _count._all] as const],
    ),
  );
}
