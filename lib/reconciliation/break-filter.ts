/** Which breaks somebody asks for: read out of an address, each value checked. Pure. */
import { z } from 'zod';
import { assetCode } from '#lib/protocol/scalars.ts';
import { listCursor, type ListCursor } from '#lib/platform/list-cursor.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { repeated, type Asked } from '#lib/platform/search-params.ts';
import { causes, type Cause } from './matching/cause.ts';
import { runKinds } from './matching/inputs.ts';

const states = ['open', 'closed', 'all'] as const;

export type BreakFilter = {
  state: (typeof states)[number];
  cause: Cause | null;
  kind: (typeof runKinds)[number] | null;
  asset: string | null;
  /** Where the page before ended; null for the first page. */
  after: ListCursor | null;
};

/** Shows what is not closed, whatever its cause. */
export const openBreaks: BreakFilter = {
  state: 'open',
  cause: null,
  kind: null,
  asset: null,
  after: null,
};

const bad = (sentence: string) => refuse('filter-invalid', sentence);

/** @param asked one text for each parameter; empty ones ask for nothing. */
export function readBreakFilter(asked: Asked): Result<BreakFilter, 'filter-invalid'> {
  const given = (name: string): string | null => asked[name]?.trim() || null;
  const [state, cause, kind, asset, after] = [
    z.enum(states).safeParse(given('state') ?? 'open'),
    z.enum(causes).nullable().safeParse(given('cause')),
    z.enum(runKinds).nullable().safeParse(given('kind')),
    assetCode.nullable().safeParse(given('asset')),
    listCursor.nullable().safeParse(given('after')),
  ];
  if (!state.success) return bad('A break is not closed, or closed. Choose one from the list.');
  if (!cause.success)
    return bad(
      `There is no cause called “${repeated(given('cause') ?? '')}”. Choose one from the list.`,
    );
  if (!kind.success)
    return bad(
      'Books are compared with the chain, a bank or what is owed. Choose one from the list.',
    );
  if (!asset.success)
    return bad('An asset is its code in capital letters and digits, such as SOL. Enter it again.');
  if (!after.success) return bad('This page of breaks does not exist. Begin with the first one.');
  return ok({
    state: state.data,
    cause: cause.data,
    kind: kind.data,
    asset: asset.data,
    after: after.data,
  });
}
