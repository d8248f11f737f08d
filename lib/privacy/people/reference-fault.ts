/**
 * What a look names as its occasion has to be there, be about this person and be the looker’s to work on: else any few
 * letters would open what somebody asked to have left alone (Article 18(2) GDPR). Claims and letters of authorities are
 * kept elsewhere; who may name them is a matter of the role (`findPurposeFault`).
 */
import type { Actor } from '#lib/identity/actor.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import { requestEnds, type RequestState } from '../requests/life.ts';
import { lookPurposes, type LookPurposeName } from './look-purposes.ts';

type Look = { scopes: Actor['scopes']; person: string; reference: string };

export async function findReferenceFault(
  tx: Tx,
  { scopes }: Pick<Actor, 'scopes'>,
  { person, purpose, reference }: { person: string; purpose: LookPurposeName; reference: string },
): Promise<Refused<'reference-unknown'> | null> {
  const fits = checks[purpose];
  if (fits === null || (await fits(tx, { scopes, person, reference }))) return null;
  return refuse(
    'reference-unknown',
    `${lookPurposes[purpose].reference}: there is none that ${lookPurposes[purpose].asks}. Look at the number again, or choose another purpose.`,
  );
}

const checks: Readonly<Record<LookPurposeName, ((tx: Tx, look: Look) => Promise<boolean>) | null>> =
  {
    'request-of-person': isRequestInHand,
    identification: (tx, { person, reference }) => isTied(tx, person, reference),
    operation: isOperationOf,
    complaint: isComplaintOf,
    incident: isIncidentInHand,
    claim: null,
    authority: null,
  };

const isTied = async (tx: Tx, personId: string, clientId: string | null): Promise<boolean> =>
  clientId !== null &&
  (await tx.personTie.findFirst({ where: { personId, clientId }, select: { role: true } })) !==
    null;

/**
 * Before somebody is identified, whoever works on the request compares what it says with what is known. A second person
 * sees it while the decision lies before them.
 */
async function isRequestInHand(tx: Tx, { scopes, person, reference }: Look): Promise<boolean> {
  const request = await tx.privacyRequestStanding.findFirst({
    where: { request: { number: reference } },
    select: { state: true, personId: true },
  });
  if (!request || requestEnds.includes(request.state as RequestState)) return false;
  if (request.personId === null) return scopes.has('privacy:work');
  if (request.personId !== person) return false;
  const mayWork = scopes.has('privacy:work') || scopes.has('privacy:decide');
  return mayWork || (scopes.has('privacy:approve') && request.state === 'proposed');
}

/** One of a client of the person, or one that the person raised. */
async function isOperationOf(tx: Tx, { person, reference }: Look): Promise<boolean> {
  const operation = await tx.operation.findUnique({
    where: { number: reference },
    select: { clientId: true, raisedBy: true },
  });
  if (!operation) return false;
  return operation.raisedBy === person || (await isTied(tx, person, operation.clientId));
}

async function isComplaintOf(tx: Tx, { person, reference }: Look): Promise<boolean> {
  const complaint = await tx.registerCase.findFirst({
    where: { number: reference, register: 'complaint' },
    select: { clientId: true },
  });
  return complaint !== null && (await isTied(tx, person, complaint.clientId));
}

/** An incident names no people, so nothing says whether this one is concerned; but somebody works on it. */
async function isIncidentInHand(tx: Tx, { scopes, reference }: Look): Promise<boolean> {
  if (!scopes.has('incident:work')) return false;
  const incident = await tx.incidentStanding.findFirst({
    where: { number: reference, state: { in: ['new', 'working'] } },
    select: { incidentId: true },
  });
  if (incident) return true;
  const breach = await tx.privacyBreachStanding.findUnique({
    where: { number: reference },
    select: { state: true },
  });
  return breach !== null && !['closed', 'not-a-breach'].includes(breach.state);
}
