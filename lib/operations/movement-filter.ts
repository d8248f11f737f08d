/** Which movements of an account somebody asks for: read out of an address, each value checked. Pure. */
import { journalKinds } from '#lib/ledger/journal-kinds.ts';
import type { MovementFilter } from '#lib/ledger/movements/filter.ts';
import { amountSentence, parseAmount } from '#lib/protocol/amount.ts';
import { assetCode, clientId } from '#lib/protocol/scalars.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { filledIn, repeated, type Asked } from '#lib/platform/search-params.ts';

/** Parameters of the address that make a filter, in the order of the form. */
const filterNames = [
  'from',
  'to',
  'kind',
  'way',
  'least',
  'most',
  'other',
  'find',
  'order',
] as const;

type FilterRefusal = 'filter-invalid';

const bad = (sentence: string) => refuse('filter-invalid', sentence);

/** What was asked, without empty fields: as a form is filled and an address is written. */
export const askedOf = (asked: Asked): Partial<Record<(typeof filterNames)[number], string>> =>
  filledIn(filterNames, asked);

/**
 * @param account the account looked at, `kind/name/ASSET`.
 * @param decimals digits after the point of its asset.
 */
export function readFilter(
  asked: Asked,
  account: string,
  decimals: number,
): Result<MovementFilter, FilterRefusal> {
  const { from, to, kind = null, way = null, least, most, other, find, order } = askedOf(asked);
  const asset = account.split('/')[2] ?? '';
  const first = from === undefined ? null : dayStart(from);
  const last = to === undefined ? null : dayStart(to);
  if ((from !== undefined && !first) || (to !== undefined && !last))
    return bad('A date is written as year, month and day, such as 2026-11-28. Enter it again.');
  if (first && last && last < first)
    return bad('The last day lies before the first one. Change one of them.');
  if (kind !== null && !journalKinds.includes(kind))
    return bad(`There is no kind of journal called “${repeated(kind)}”. Choose one from the list.`);
  if (way !== null && way !== 'in' && way !== 'out')
    return bad('A movement goes in or out. Choose one from the list.');
  if (order !== undefined && order !== 'newest' && order !== 'oldest')
    return bad('Movements are read newest first or oldest first. Choose one from the list.');
  const bounds: { least: bigint | null; most: bigint | null } = { least: null, most: null };
  for (const [name, text] of [
    ['least', least],
    ['most', most],
  ] as const) {
    if (text === undefined) continue;
    const amount = parseAmount(text, decimals);
    if (!amount.ok)
      return bad(
        `The ${name === 'least' ? 'smallest' : 'largest'} amount: ${amountSentence(amount.fault, asset, decimals)}`,
      );
    bounds[name] = amount.value;
  }
  if (bounds.least !== null && bounds.most !== null && bounds.most < bounds.least)
    return bad('The largest amount is less than the smallest one. Change one of them.');
  const counter = other === undefined ? ok(null) : readOther(other, account);
  if (!counter.ok) return counter;
  if (find !== undefined && !/^[\x21-\x7e][\x20-\x7e]{0,119}$/.test(find))
    return bad(
      'Search for the number of an operation or journal, a transaction id or a bank’s reference: up to 120 plain characters.',
    );
  return ok({
    from: first,
    until: last && new Date(last.getTime() + DAY_MS),
    kind,
    way,
    other: counter.value,
    find: find ?? null,
    ...bounds,
    order: order ?? 'newest',
  });
}

const DAY_MS = 86_400_000;

/** Start of a day in UTC; null when the text is no day between 2000 and 2999. */
function dayStart(text: string): Date | null {
  if (!/^2\d{3}-\d\d-\d\d$/.test(text)) return null;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? day : null;
}

/** A client's number, `kind/name` or `kind/name/ASSET`; without an asset it is that of the account. */
function readOther(text: string, account: string): Result<string, FilterRefusal> {
  const asset = account.split('/')[2] ?? '';
  const name = clientId.safeParse(text).success ? `client/${text}` : text;
  const full = name.split('/').length === 2 ? `${name}/${asset}` : name;
  const [, , own] = full.split('/');
  if (
    !/^[a-z-]{3,20}\/[A-Za-z0-9-]{1,64}\/[A-Z0-9]{2,12}$/.test(full) ||
    !assetCode.safeParse(own).success
  )
    return bad(
      'The other account is a client’s number, such as C-20418, or a name as in the ledger, such as vault/warm-1.',
    );
  if (full === account)
    return bad('The other account is this one. Name the account on the other side.');
  return ok(full);
}
