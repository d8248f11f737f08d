/** The trip of one operation as its desk shows it. */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { intent as intentSchema } from '#lib/protocol/intent.ts';
import { requirement } from '#lib/protocol/policy.ts';
import type { Roster } from '#lib/protocol/roster.ts';
import { operationId } from '#lib/protocol/scalars.ts';
import { travelWords } from '#lib/protocol/travel/travel-document.ts';
import { groupName } from '../group-names.ts';
import { loadTrust } from '../trust.ts';
import { groupNotAsked } from './cold-members.ts';
import { documentLine, ordinalOf, stageOf, statusOf, type DocumentLine } from './read-trips.ts';
import { isOpenTrip, asTripState, type TripState } from './trip-states.ts';
import { stageWords, type DocumentStatus, type TripStage } from './trip-stage.ts';
import { signsForVault } from './trip-time.ts';
import { whoTakesPart } from './who-takes-part.ts';

export type TripDocumentView = {
  id: string;
  party: string;
  /** Which document to this party it is, from 1. */
  ordinal: number;
  /** True for one that only tells what the party missed, so that a request fits next time. */
  isNews: boolean;
  /** The document itself, while it is to be carried; null once its answer was taken. */
  text: string | null;
  digest: string;
  /** Twelve words of it, which the cold party shows as well. */
  words: string[];
  fileName: string;
  madeAt: string;
  expiresAt: string;
  status: DocumentStatus;
  answer: { words: string[]; digest: string; by: string; at: string } | null;
  refusal: { code: string; party: string | null; sentence: string } | null;
};

export type EarlierTrip = {
  id: string;
  state: TripState;
  party: string | null;
  orderedBy: string;
  orderedAt: string;
  sentence: string | null;
};

export type TripView = {
  operation: string;
  number: string;
  kind: 'signing' | 'ceremony';
  stage: TripStage;
  words: string;
  /** Parties with a network that hold a share; one of them waits with what must not be lost. */
  online: string[];
  sites: {
    party: string;
    group: string;
    /** Why a trip there would be in vain, as a sentence, or null. */
    refusal: string | null;
  }[];
  trip: (EarlierTrip & { documents: TripDocumentView[] }) | null;
  earlier: EarlierTrip[];
  /** True for people who may order trips and bring answers. */
  canCarry: boolean;
};

const earlierMax = 20;

export async function viewTrip(
  actor: Actor,
  operation: string,
  context: Context,
): Promise<Result<TripView>> {
  const refused = lacksScope(actor, 'operation:read');
  if (refused) return refused;
  const unknown = refuse('operation-unknown', 'There is no such operation, or it takes no trip.');
  if (!operationId.safeParse(operation).success) return unknown;
  const { db } = context;
  const row = await db.operation.findUnique({
    where: { id: operation },
    include: {
      coldTrips: {
        orderBy: { orderedAt: 'desc' },
        take: earlierMax,
        include: { documents: { orderBy: { id: 'asc' }, select: documentLine } },
      },
    },
  });
  const trust = await loadTrust(db);
  if (!row || !trust) return unknown;
  const intent = intentSchema.parse(JSON.parse(row.intent));
  const members = await whoTakesPart(db, intent, trust.roster);
  if (members.cold.length === 0) return unknown;
  const [newest, ...before] = row.coldTrips;
  const current = newest?.attempt === row.attempt ? newest : null;
  const people = await namesOf(
    row.coldTrips.flatMap(({ orderedBy, documents }) => [
      orderedBy,
      ...documents.flatMap(({ answeredBy }) => answeredBy ?? []),
    ]),
    context,
  );
  const { stage, open } = stageOf(row, current);
  const kind = signsForVault(intent.kind) ? 'signing' : 'ceremony';
  const texts = await textsOf(current, context);
  const tripOf = (trip: (typeof row.coldTrips)[number]): EarlierTrip => ({
    id: trip.id,
    state: asTripState(trip.state),
    party: trip.party,
    orderedBy: nameIn(people, trip.orderedBy),
    orderedAt: trip.orderedAt.toISOString(),
    sentence: trip.stopSentence,
  });
  return ok({
    operation,
    number: row.number,
    kind,
    stage,
    words: stageWords(stage, open, kind === 'signing' ? 'Signed' : 'Done'),
    online: members.online,
    sites: members.cold.map((party) => siteOf(party, kind, { roster: trust.roster, row })),
    trip: current && {
      ...tripOf(current),
      documents: current.documents.map((line) =>
        documentView(line, { kind, row, lines: current.documents, texts, people }),
      ),
    },
    earlier: (current ? before : row.coldTrips).map(tripOf),
    canCarry: actor.scopes.has('operation:decide'),
  });
}

function siteOf(
  party: string,
  kind: TripView['kind'],
  { roster, row }: { roster: Roster; row: { needs: unknown; number: string } },
): TripView['sites'][number] {
  const group = roster.parties.find(({ name }) => name === party)?.group;
  const needs = z.array(requirement).parse(row.needs);
  const unasked = kind === 'signing' ? groupNotAsked(roster, party, needs) : null;
  return {
    party,
    group: group === undefined ? '' : groupName(group),
    refusal:
      unasked === null
        ? null
        : `${party} would refuse: the rule of ${row.number} asks nobody of ${groupName(unasked)}, whose party it is.`,
  };
}

type People = ReadonlyMap<string, string>;

const nameIn = (people: People, id: string): string => people.get(id) ?? id;

async function namesOf(ids: readonly string[], { db }: Context): Promise<People> {
  const nameOf = await operatorNames(db);
  return new Map(ids.map((id) => [id, nameOf(id)]));
}

/** Documents that people are to carry, by number; long, so only what is open is read. */
async function textsOf(
  trip: { id: string; state: string } | null,
  { db }: Context,
): Promise<ReadonlyMap<bigint, string>> {
  if (trip === null || !isOpenTrip(asTripState(trip.state))) return new Map();
  const rows = await db.coldDocument.findMany({
    where: { tripId: trip.id, takenAt: null },
    select: { id: true, document: true },
  });
  return new Map(rows.map(({ id, document }) => [id, document]));
}

const earlierOf = (one: Date, other: Date | null): string =>
  (other !== null && other < one ? other : one).toISOString();

function documentView(
  line: DocumentLine,
  of: {
    kind: TripView['kind'];
    row: { expiresAt: Date };
    lines: readonly DocumentLine[];
    texts: ReadonlyMap<bigint, string>;
    people: People;
  },
): TripDocumentView {
  const { answerDigest, answeredBy, answeredAt, refusalCode, refusalSentence } = line;
  return {
    id: line.id.toString(),
    party: line.party,
    ordinal: ordinalOf(of.lines, line),
    isNews: of.kind === 'signing' && line.kind !== 'signing-request',
    text: of.texts.get(line.id) ?? null,
    digest: line.digest,
    words: travelWords(line.digest),
    fileName: line.fileName,
    madeAt: line.madeAt.toISOString(),
    // What brings news would live longer, but the operation that it is for does not.
    expiresAt: earlierOf(line.expiresAt, of.kind === 'signing' ? of.row.expiresAt : null),
    status: statusOf(line),
    answer:
      answerDigest !== null && answeredBy !== null && answeredAt !== null
        ? {
            words: travelWords(answerDigest),
            digest: answerDigest,
            by: nameIn(of.people, answeredBy),
            at: answeredAt.toISOString(),
          }
        : null,
    refusal:
      refusalCode !== null && refusalSentence !== null
        ? { code: refusalCode, party: line.refusalParty, sentence: refusalSentence }
        : null,
  };
}
