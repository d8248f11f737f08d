/**
 * The desk of a cold party: one request at a time, read, shown, confirmed by people and answered.
 * Page and terminal are two ways to the same desk. All of it is memory; what the party decided and
 * let go is in its store.
 */
import type { AssertionJson } from '#lib/protocol/statement.ts';
import {
  travelFileName,
  writeTravelDocument,
  type TravelDocument,
} from '#lib/protocol/travel/travel-document.ts';
import type { TravelRefusal } from '#lib/protocol/travel/refusals.ts';
import type { BackupFile } from '../backup/backup-file.ts';
import type { Refusal } from '../refusals.ts';
import type { RoundAnswer, SigningAnswer } from '../wire/cold-documents.ts';
import { signColdHeads, type SignedColdHeads } from '../wire/cold-word.ts';
import { sealedIn } from './cold-backup.ts';
import { catchUp } from './cold-catch-up.ts';
import { askToConfirm, takeConfirm, type Question, type Questions } from './cold-confirms.ts';
import { hearWords, noteStandings } from './cold-hear.ts';
import { readColdRequest, type ColdRequest } from './cold-read.ts';
import { findStepsFault, takeSteps } from './cold-rounds.ts';
import { judgeColdSigning, signCold, type JudgedSigning } from './cold-signing.ts';
import { raiseRecordMark } from './marks.ts';
import { answer, refuse, type Answer, type Party } from './party.ts';
import { standingOf } from './standing.ts';
import { latestAudit } from './store/audit.ts';
import { receiptsForTrip } from './vault-receipt.ts';

/** An answer as it leaves: the same text in a file or in codes. */
export type Leaving = {
  text: string;
  digest: string;
  fileName: string;
  /** The sealed share that was asked for with it, to be kept beside it; null for every other answer. */
  backup: BackupFile | null;
};

/** What lies on the desk. */
export type OnDesk = { document: TravelDocument; digest: string } & (
  | { kind: 'signing'; judged: JudgedSigning }
  | { kind: 'round'; request: Extract<ColdRequest, { kind: 'round-request' }>['body'] }
);

export type ColdDesk = {
  readonly party: Party;
  current: OnDesk | null;
  /** What came of the last document, for page and terminal alike; null before the first. */
  shown: Brought | null;
  /** Called after `shown` changed. */
  onShown: () => void;
  readonly questions: Questions;
  /** Answers of this process by the digest of the request: asked again, the same leaves again. */
  readonly answered: Map<string, Leaving>;
  /** The last step of each trip that was answered here. */
  readonly steps: Map<string, number>;
};

export const openDesk = (party: Party): ColdDesk => ({
  party,
  current: null,
  shown: null,
  onShown: () => undefined,
  questions: new Map(),
  answered: new Map(),
  steps: new Map(),
});

export type Brought =
  /** Wait for people. */
  | { state: 'open'; onDesk: OnDesk }
  /** It was answered before. */
  | { state: 'answered'; leaving: Leaving }
  /** The request is refused, and the refusal can travel back. */
  | { state: 'refused'; refusal: Refusal; culprit: string | null; leaving: Leaving }
  /** It is no request for this party at all. */
  | { state: 'unreadable'; refusal: TravelRefusal };

const ANSWERS_KEPT = 32;

function ownHeads(party: Party, trip: string): SignedColdHeads | null {
  const { trust, config, identity } = party;
  if (!trust) return null;
  const [last] = latestAudit(party.database, 1);
  return signColdHeads(identity, {
    type: 'countersign/cold-heads/v1',
    organisation: trust.roster.organisation,
    environment: trust.roster.environment,
    genesisDigest: trust.genesisDigest,
    from: config.name,
    trip,
    at: party.now().toISOString(),
    standing: standingOf(party),
    record: { length: last?.seq ?? 0, head: last?.hash ?? '0'.repeat(64) },
  });
}

type Body =
  | { kind: 'signing-answer'; body: SigningAnswer }
  | { kind: 'round-answer'; body: RoundAnswer };

/** Writes the answer and keeps it, so that the same request gives the same answer again. */
function leave(desk: ColdDesk, of: OnDesk | Omit<OnDesk, 'kind'>, { kind, body }: Body): Leaving {
  const { party } = desk;
  const { document, digest } = of;
  // The mark rises before the answer leaves: what the others learn of this party stays true.
  raiseRecordMark(party);
  const receipts = receiptsForTrip(party, document.trip);
  const back: TravelDocument = {
    ...document,
    kind,
    from: document.to,
    to: document.from,
    step: document.step + 1,
    madeAt: party.now().toISOString(),
    body: {
      ...body,
      heads: ownHeads(party, document.trip),
      ...(receipts.length > 0 && { receipts }),
    },
  };
  const written = writeTravelDocument(back);
  if (!written.ok) throw new Error('An answer is far smaller than a document may be.');
  const leaving: Leaving = {
    text: written.text,
    digest: written.digest,
    fileName: travelFileName(back),
    backup: kind === 'round-answer' ? sealedIn(body.answers) : null,
  };
  desk.answered.set(digest, leaving);
  desk.steps.set(document.trip, document.step);
  const [oldest] = desk.answered.keys();
  if (desk.answered.size > ANSWERS_KEPT && oldest !== undefined) desk.answered.delete(oldest);
  desk.current = null;
  desk.questions.clear();
  return leaving;
}

type Read = Extract<ReturnType<typeof readColdRequest>, { ok: true }>;

/** Words first, then news, then the request itself. */
function examine(party: Party, read: Read): Answer<OnDesk> {
  const { document, digest, request } = read;
  const { words, news } = request.body;
  let word = null;
  if (party.trust) {
    const heard = hearWords(party, party.trust, document, words);
    if (!heard.ok) return heard;
    word = heard.value;
    const caughtUp = catchUp(party, news);
    if (!caughtUp.ok) return caughtUp;
    noteStandings(party, words);
  }
  if (request.kind === 'round-request') {
    const fault = findStepsFault(party, request.body);
    return fault ?? answer({ kind: 'round', document, digest, request: request.body });
  }
  if (!party.trust || !word) return refuse('genesis-missing');
  const judged = judgeColdSigning(party, party.trust, { request: request.body, word });
  return judged.ok ? answer({ kind: 'signing', document, digest, judged: judged.value }) : judged;
}

const refusedBody = (kind: ColdRequest['kind'], no: ReturnType<typeof refuse>): Body =>
  kind === 'signing-request'
    ? { kind: 'signing-answer', body: { ...no, heads: null } }
    : { kind: 'round-answer', body: { answers: [], refused: no, heads: null } };

function show(desk: ColdDesk, brought: Brought): Brought {
  desk.shown = brought;
  desk.onShown();
  return brought;
}

/**
 * Takes what people brought: a request for this party is heard, its news are taken over, and it is
 * judged. Nothing is signed and no step is taken yet.
 */
export const bring = (desk: ColdDesk, bytes: Uint8Array): Brought =>
  show(desk, findWhatIs(desk, bytes));

/** Clears the desk; what the party decided and let go stays in its store. */
export function clear(desk: ColdDesk): void {
  desk.current = null;
  desk.questions.clear();
  desk.shown = null;
  desk.onShown();
}

function findWhatIs(desk: ColdDesk, bytes: Uint8Array): Brought {
  const { party } = desk;
  desk.current = null;
  desk.questions.clear();
  const read = readColdRequest(party, bytes);
  if (!read.ok) return { state: 'unreadable', refusal: read.refusal };
  const before = desk.answered.get(read.digest);
  if (before) return { state: 'answered', leaving: before };
  const { document, digest, request } = read;
  if (document.step <= (desk.steps.get(document.trip) ?? 0))
    return { state: 'unreadable', refusal: 'travel-out-of-step' };
  const examined = examine(party, read);
  if (examined.ok) {
    desk.current = examined.value;
    return { state: 'open', onDesk: examined.value };
  }
  const { refusal, culprit } = examined;
  const no = refuse(refusal, culprit);
  const leaving = leave(desk, { document, digest }, refusedBody(request.kind, no));
  // A wait passes by itself, and a document brought again is judged anew.
  desk.answered.delete(digest);
  desk.steps.delete(document.trip);
  return { state: 'refused', refusal, culprit, leaving };
}

/** What one person's key is to sign about the request on the desk. */
export function ask(desk: ColdDesk, person: string): Question | null {
  const { party, current, questions } = desk;
  if (!party.trust || current?.kind !== 'signing') return null;
  const { prepared } = current.judged;
  return askToConfirm(party, party.trust, questions, { prepared, person });
}

/** A key press over the request on the desk: decides once more, and signs. */
export function press(
  desk: ColdDesk,
  of: { nonce: string; assertion: AssertionJson },
): Answer<Leaving> {
  const { party, current, questions } = desk;
  if (!party.trust || current?.kind !== 'signing') return refuse('cold-confirm-stale');
  const { judged } = current;
  const { prepared, request } = judged;
  const confirmed = takeConfirm(party, party.trust, questions, { ...of, prepared });
  if (!confirmed.ok) return confirmed;
  // The words were said when the document was read, and people took their time since.
  noteStandings(party, request.words);
  const signed = signCold(party, judged, [confirmed.value]);
  if (!signed.ok) return signed;
  const leaving = leave(desk, current, { kind: 'signing-answer', body: signed.value });
  show(desk, { state: 'answered', leaving });
  return answer(leaving);
}

/** People looked at the steps on the desk and let them be taken. */
export function proceed(desk: ColdDesk): Answer<Leaving> {
  const { party, current } = desk;
  if (current?.kind !== 'round') return refuse('ceremony-out-of-step');
  noteStandings(party, current.request.words);
  const answers = takeSteps(party, current.request);
  const body: RoundAnswer = { answers, refused: null, heads: null };
  const leaving = leave(desk, current, { kind: 'round-answer', body });
  show(desk, { state: 'answered', leaving });
  return answer(leaving);
}
