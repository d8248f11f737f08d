/** Which operations somebody asks for: read out of an address, each value checked. Pure. */
import { z } from 'zod';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import { listCursor, type ListCursor } from '#lib/platform/list-cursor.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { repeated, type Asked } from '#lib/platform/search-params.ts';
import { intentKind } from '#lib/protocol/intent-kinds.ts';
import { assetCode, clientId } from '#lib/protocol/scalars.ts';
import { finalStates } from './states.ts';

const standings = ['open', 'ended'] as const;

export type OperationFilter = {
  kind: z.infer<typeof intentKind> | null;
  /** Not at an end, or at one; null for both. */
  standing: (typeof standings)[number] | null;
  asset: string | null;
  client: string | null;
  /** Where the page before ended; null for the first page. */
  after: ListCursor | null;
};

/** All there are, from the newest. */
export const anyOperation: OperationFilter = {
  kind: null,
  standing: null,
  asset: null,
  client: null,
  after: null,
};

const bad = (sentence: string) => refuse('filter-invalid', sentence);

/** @param asked one text for each parameter; empty ones ask for nothing. */
export function readOperationFilter(asked: Asked): Result<OperationFilter, 'filter-invalid'> {
  const given = (name: string): string | null => asked[name]?.trim() || null;
  const [kind, standing, asset, client, after] = [
    intentKind.nullable().safeParse(given('kind')),
    z.enum(standings).nullable().safeParse(given('standing')),
    assetCode.nullable().safeParse(given('asset')),
    clientId.nullable().safeParse(given('client')),
    listCursor.nullable().safeParse(given('after')),
  ];
  if (!kind.success)
    return bad(
      `There is no kind of operation called “${repeated(given('kind') ?? '')}”. Choose one from the list.`,
    );
  if (!standing.success)
    return bad('An operation is under way or at its end. Choose one from the list.');
  if (!asset.success)
    return bad('An asset is its code in capital letters and digits, such as SOL. Enter it again.');
  if (!client.success)
    return bad('A client’s number is C- and four to ten digits, such as C-20418. Enter it again.');
  if (!after.success)
    return bad('This page of operations does not exist. Begin with the first one.');
  return ok({
    kind: kind.data,
    standing: standing.data,
    asset: asset.data,
    client: client.data,
    after: after.data,
  });
}

/** The same as a question to the database. */
export const operationWhere = ({
  kind,
  standing,
  asset,
  client,
  after,
}: OperationFilter): Prisma.OperationWhereInput => ({
  ...(kind === null ? {} : { kind }),
  ...(standing === null
    ? {}
    : { state: { [standing === 'open' ? 'notIn' : 'in']: [...finalStates] } }),
  ...(asset === null ? {} : { asset }),
  ...(client === null ? {} : { clientId: client }),
  ...(after === null
    ? {}
    : {
        OR: [{ raisedAt: { lt: after.at } }, { raisedAt: after.at, id: { gt: after.id } }],
      }),
});
