/** Whether a person may take a signed step about a request now; asked before the key is pressed, and again after. */
import type { Actor } from '#lib/identity/actor.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { findTieFault } from '../package/client-ties.ts';
import { findPartFault } from '../package/part-fault.ts';
import { packageToPropose } from '../package/view-package.ts';
import { findPlanFault } from '../erasure/plan-fault.ts';
import { findChangesFault } from '../rectification/plan-changes.ts';
import { findUncarried } from '../restriction/stop-interest.ts';
import { actingOf, findMoment, requestMoved, requestUnknown, timeAfter } from './act-on-request.ts';
import type { Seat } from './clock.ts';
import type { EventFacts } from './event.ts';
import { digestBefore, lockRequest, type RequestFile } from './load-request.ts';
import { loadSeat } from './load-seat.ts';
import { findFault, findNothingToRestOn } from './rules.ts';

export type Decided = Omit<EventFacts<'proposed'>, 'events'>;
export type Wanted = { id: string; seen: number } & (
  | { step: 'proposed'; decided: Decided }
  | { step: 'approved' }
);

export type Ready = {
  file: RequestFile;
  seat: Seat | null;
  at: Date;
  /** What is proposed, or what stands and is to be approved. */
  proposal: EventFacts<'proposed'>;
  event:
    | { kind: 'proposed'; facts: EventFacts<'proposed'> }
    | { kind: 'approved'; facts: EventFacts<'approved'> };
};

export async function readyForDecision(
  tx: Tx,
  actor: Actor,
  wanted: Wanted,
  now: Date,
): Promise<Result<Ready>> {
  const file = await lockRequest(tx, wanted.id);
  if (!file) return requestUnknown();
  const moment = findMoment(file, wanted.step, wanted.seen);
  if (moment) return moment;
  const at = timeAfter(file, now);
  const seat = await loadSeat(tx, at);
  const common = { standing: file.standing, by: actingOf(actor), seat, at };
  if (wanted.step === 'proposed') {
    const unknown = await findUnknownEarlier(tx, file, wanted.decided.earlier);
    if (unknown) return unknown;
    const other = await findOtherPackage(tx, file, wanted.decided.package);
    if (other) return other;
    const facts = { ...wanted.decided, events: await digestBefore(tx, file, file.seq + 1) };
    const fault =
      findFault('proposed', { ...common, facts }) ??
      (await findActFault(tx, file, facts, { acting: common.by.id, at }));
    return fault ?? ok({ file, seat, at, proposal: facts, event: { kind: 'proposed', facts } });
  }
  const { proposal } = file.standing;
  if (!proposal) return requestMoved();
  const { seq, by: _, ...proposed } = proposal;
  // What the proposal was made on is still what it was.
  if ((await digestBefore(tx, file, seq)) !== proposal.events) return requestMoved();
  const facts = { of: seq, events: proposal.events };
  const fault =
    findFault('approved', { ...common, facts }) ??
    goBack(
      (await findOtherPackage(tx, file, proposal.package)) ??
        findNothingToRestOn(file.standing, proposed) ??
        (await findActFault(tx, file, proposed, { acting: common.by.id, at })),
    );
  return fault ?? ok({ file, seat, at, proposal: proposed, event: { kind: 'approved', facts } });
}

/** What a proposal lacks is mended before it: while it waits for its approval, nothing is collected, built or proposed. */
const goBack = (fault: Refused | null): Refused | null =>
  fault && refuse(fault.refusal.code, `${fault.refusal.sentence} Send the proposal back first.`);

/** Whether what is decided can be done, by what the right does. */
const findActFault = async (
  tx: Tx,
  file: RequestFile,
  decided: EventFacts<'proposed'>,
  who: { acting: string; at: Date },
): Promise<Refused | null> => {
  if (decided.decision === 'nothing-held') return findSomebody(tx, file.id);
  return file.standing.right === 'rectification'
    ? findChangesFault(tx, file, decided)
    : ((await findUncarried(tx, file, decided)) ??
        (await findTieFault(tx, file, decided, who)) ??
        (await findPartFault(tx, file, decided)) ??
        findPlanFault(tx, file, decided, who.at));
};

/** That nothing is held is said only where a name or an address was given, and finds nobody; the database's rule. */
async function findSomebody(tx: Tx, id: string): Promise<Refused | null> {
  const [row] = await tx.$queryRaw<{ nobody: boolean }[]>`
    select privacy_request_finds_nobody(${id}::uuid) as nobody`;
  return row?.nobody === true
    ? null
    : refuse(
        'somebody-found',
        'Somebody is found by the name or the address that was given, or neither was given. Identify the person, or refuse it as not identified.',
      );
}

/** A package that is decided about is the newest one, whole, and nothing in it is left open. */
async function findOtherPackage(
  tx: Tx,
  { id, number }: RequestFile,
  digest: string | null,
): Promise<Refused | null> {
  if (digest === null || (await packageToPropose(tx, id)) === digest) return null;
  return refuse(
    'other-package',
    `This is not the package that was built last for ${number}, or texts in it are still to be looked through. Load the page again.`,
  );
}

/** Earlier requests are other ones that are on record, about the same person. */
async function findUnknownEarlier(
  tx: Tx,
  { id, standing }: RequestFile,
  earlier: readonly string[],
): Promise<Result<never> | null> {
  if (earlier.length === 0) return null;
  const known = await tx.privacyRequestStanding.count({
    where: {
      number: { in: [...earlier] },
      personId: standing.person?.id ?? null,
      NOT: { requestId: id },
    },
  });
  return known === new Set(earlier).size && known === earlier.length
    ? null
    : {
        ok: false,
        refusal: {
          code: 'earlier-unknown',
          sentence: 'Name earlier requests of this same person, each once.',
        },
      };
}
