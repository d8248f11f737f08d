/** Which addresses of the book are wanted, as the page's address says it. Pure. */
import { z } from 'zod';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import { assetCode, chainId, clientId, destinationClass, slug } from '#lib/protocol/scalars.ts';
import { dueMs } from './list-destinations.ts';

export const standingFilters = [
  'proposed',
  'cooling',
  'usable',
  'due',
  'expired',
  'removed',
  'all',
] as const;
export type StandingFilter = (typeof standingFilters)[number];

/** Every part is null where nothing, or nothing that makes sense, was asked for. */
export type DestinationFilter = {
  client: string | null;
  asset: string | null;
  chain: string | null;
  /** Part of an address, or a whole one. */
  address: string | null;
  class: z.infer<typeof destinationClass> | null;
  /** Null for what is on the list or proposed for it. */
  standing: StandingFilter | null;
  /** Where the page before ended. */
  after: { client: string; id: string } | null;
};

export type AskedTexts = Readonly<Record<string, string | null | undefined>>;

const addressPart = z.string().regex(/^[0-9A-Za-z]{3,128}$/);

function read<T>(schema: z.ZodType<T>, text: string | null | undefined): T | null {
  const parsed = schema.safeParse(text?.trim());
  return parsed.success ? parsed.data : null;
}

/** @param asked one text for each parameter; an asset and its chain stand in one, "SOL solana:mainnet" */
export function readDestinationFilter(asked: AskedTexts): DestinationFilter {
  const [code, network] = (asked['asset'] ?? '').split(' ');
  const [client, id] = (asked['after'] ?? '').split('.');
  const asset = read(assetCode, code);
  const chain = read(chainId, network);
  const after = { client: read(clientId, client), id: read(slug, id) };
  return {
    client: read(clientId, asked['client']),
    asset: chain === null ? null : asset,
    chain: asset === null ? null : chain,
    address: read(addressPart, asked['address']),
    class: read(destinationClass, asked['class']),
    standing: read(z.enum(standingFilters), asked['standing']),
    after:
      after.client === null || after.id === null ? null : { client: after.client, id: after.id },
  };
}

/** What was asked for and makes no sense, in a sentence; null where all of it does. */
export function filterFault(asked: AskedTexts, filter: DestinationFilter): string | null {
  const typed = (name: string): boolean => (asked[name] ?? '').trim() !== '';
  if (typed('client') && filter.client === null)
    return 'A client’s number is C- and four to ten digits, such as C-20418.';
  if (typed('address') && filter.address === null)
    return 'Part of an address is three letters or digits at least, without spaces.';
  return null;
}

/** Where it stands, as a question to the database; a proposal that came to nothing was never listed. */
function standingWhere(standing: StandingFilter | null, now: Date): Prisma.DestinationWhereInput {
  const listed = { state: 'listed' } as const;
  const removed = { state: 'removed', listedAt: { not: null } } as const;
  switch (standing) {
    case null:
      return { state: { in: ['proposed', 'listed'] } };
    case 'all':
      return { OR: [{ state: { in: ['proposed', 'listed'] } }, removed] };
    case 'proposed':
      return { state: 'proposed' };
    case 'removed':
      return removed;
    case 'expired':
      return { ...listed, expiresAt: { lte: now } };
    case 'due':
      return { ...listed, expiresAt: { lt: new Date(now.getTime() + dueMs) } };
    case 'cooling':
      return { ...listed, expiresAt: { gt: now }, cooledAt: { gt: now } };
    case 'usable':
      return {
        ...listed,
        expiresAt: { gt: now },
        OR: [{ cooledAt: null }, { cooledAt: { lte: now } }],
      };
  }
}

/** All that is asked for, page by page or not. */
export const filterWhere = (
  filter: DestinationFilter,
  now: Date,
): Prisma.DestinationWhereInput => ({
  AND: [
    standingWhere(filter.standing, now),
    filter.client === null ? {} : { clientId: filter.client },
    filter.asset === null || filter.chain === null
      ? {}
      : { asset: filter.asset, chain: filter.chain },
    filter.class === null ? {} : { class: filter.class },
    filter.address === null ? {} : { address: { contains: filter.address, mode: 'insensitive' } },
  ],
});
