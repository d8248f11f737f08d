/**
 * Of which clients a copy of somebody's data tells. One officer alone records that a person is a client, so a tie gives
 * nothing of its client before it is old, the first one, older than the request and by nobody who works on it, unless
 * somebody else confirmed it, in the legal review or on the page of the person. The database holds the rule, and asks it again when it is decided.
 */
import type { Tx } from '#lib/platform/db/transaction.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import type { EventFacts } from '../requests/event.ts';
import type { RequestFile } from '../requests/load-request.ts';
import type { Span } from '../collect/spans.ts';
import type { Reader } from '../collect/system.ts';
import { refusalGrounds, type RefusalGround } from '../requests/life.ts';
import { clientTies, type ClientTie } from './tie-form.ts';
import type { TieGround } from './tie-grounds.ts';
import type { LeftOut } from './package-schema.ts';

type Row = {
  client: string;
  since: Date;
  starts: Date | null;
  until: Date | null;
  recordedAt: Date;
  recordedBy: string | null;
  grounds: TieGround[];
  confirmedBy: string | null;
};

export type Asked = {
  /** Id of the request. */
  request: string;
  person: string;
  /** Who acts on it now beside those who did; null where only what was done counts. */
  acting: string | null;
  at: Date;
};

/** Every tie by which the person is or was a client, the first recorded first. */
export async function loadTies(
  db: Reader,
  { request, person, acting, at }: Asked,
): Promise<ClientTie[]> {
  const rows = await db.$queryRaw<Row[]>`
    select client, since, starts, until, recorded_at as "recordedAt", recorded_by as "recordedBy", grounds,
        confirmed_by as "confirmedBy"
      from privacy_request_ties(${request}::uuid, ${person}, ${acting}, ${at})`;
  return rows.map(({ since, starts, until, recordedAt, ...row }) => ({
    ...row,
    since: since.toISOString(),
    from: starts?.toISOString() ?? null,
    until: until?.toISOString() ?? null,
    recordedAt: recordedAt.toISOString(),
    take: row.grounds.length === 0 || row.confirmedBy !== null ? 'in' : 'out',
  }));
}

/** From when to when a copy tells of which client. */
export const spansOf = (ties: readonly ClientTie[]): Span[] =>
  ties
    .filter(({ take }) => take === 'in')
    .map(({ client, since, from = since, until }) => ({
      client,
      from: from === null ? null : new Date(from),
      until: until === null ? null : new Date(until),
    }));

/** A tie as a form names it. */
export const tieKey = ({ client, since }: Pick<ClientTie, 'client' | 'since'>): string =>
  `${client} ${since}`;

const outOn = 'others-rights' satisfies RefusalGround;

/** What the copy says of ties by which it tells nothing. @param article of the right that is asked for. */
export function leftOutByTies(ties: readonly ClientTie[], article: '15(4)' | '20(4)'): LeftOut[] {
  const out = new Set(ties.filter(({ take }) => take === 'out').map(({ client }) => client));
  return out.size === 0
    ? []
    : [
        {
          what: 'Clients of whom nothing is in it, or not of all the time',
          records: out.size,
          ground: outOn,
          why: `${refusalGrounds[outOn].name} (Article ${article} GDPR): it is not confirmed yet that you are this client`,
        },
      ];
}

type Decided = Pick<EventFacts<'proposed'>, 'decision' | 'grounds' | 'package'>;

/** Whether the package that is decided about tells of the clients of whom it may now, and of no others. */
export async function findTieFault(
  tx: Tx,
  { id, standing }: Pick<RequestFile, 'id' | 'standing'>,
  { decision, grounds, package: digest }: Decided,
  { acting, at }: Pick<Asked, 'acting' | 'at'>,
): Promise<Refused<'package-older' | 'left-out'> | null> {
  if (digest === null || decision === 'refuse' || standing.person === null) return null;
  const built = await tx.privacyPackageBuilt.findFirst({
    where: { digest, package: { requestId: id } },
    select: { ties: true },
  });
  if (built?.ties === null)
    return refuse(
      'package-older',
      'The package was built before it was kept by which ties it tells of clients. Build it anew.',
    );
  const then = clientTies.parse(built?.ties ?? []);
  const now = await loadTies(tx, { request: id, person: standing.person.id, acting, at });
  if (toldBy(then) !== toldBy(now))
    return refuse(
      'package-older',
      'Of which clients the package may tell has changed since it was ordered, or you recorded one of the ties yourself. Have the ties confirmed by somebody else, in the legal review or on the page of the person, then build it anew.',
    );
  return then.some(({ take }) => take === 'out') && !grounds.includes(outOn)
    ? refuse(
        'left-out',
        `The package leaves out a client whose tie is not confirmed. Grant it in part, on ${refusalGrounds[outOn].name.toLowerCase()}, or have the tie confirmed in the legal review or on the page of the person.`,
      )
    : null;
}

const toldBy = (ties: readonly ClientTie[]): string =>
  ties
    .filter(({ take }) => take === 'in')
    .map(({ client, since, from, until }) =>
      [client, since, from === undefined ? 'not said' : (from ?? ''), until ?? ''].join(' '),
    )
    .toSorted()
    .join();
