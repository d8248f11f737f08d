/** Which agreement with a client is in force, and what is to be said about it. Pure. */

/** Who gets what a rights event brings: the client, unless the agreement expressly says otherwise. */
export type RightsGoTo = 'client' | 'custodian';

export type Agreement = {
  id: string;
  number: string;
  client: string;
  /** Rises by one with each agreement of a client. */
  version: number;
  /** Days, as 2026-11-28. */
  signedOn: string;
  inForceFrom: string;
  /** The custody policy that it names. */
  policyVersion: number;
  rights: RightsGoTo;
  /** ISO instant; null while it was not ended. */
  endedAt: string | null;
};

const startOf = (day: string): number => Date.parse(`${day}T00:00:00.000Z`);

const holdsAt = (agreement: Agreement, at: Date): boolean =>
  startOf(agreement.inForceFrom) <= at.getTime() &&
  (agreement.endedAt === null || Date.parse(agreement.endedAt) > at.getTime());

/** The agreement in force at an instant: the newest version that had begun and was not ended. */
export function agreementAt(agreements: readonly Agreement[], at: Date): Agreement | null {
  return agreements
    .filter((agreement) => holdsAt(agreement, at))
    .reduce<Agreement | null>(
      (newest, one) => (newest === null || one.version > newest.version ? one : newest),
      null,
    );
}

/**
 * Who is entitled to what an event brings (Art 75(4)): the client, unless an agreement that was in
 * force at the event and signed on a day before it says otherwise. One signed on the day itself does
 * not count, because nobody can tell which came first.
 */
export function entitledAt(agreements: readonly Agreement[], event: Date): RightsGoTo {
  const agreement = agreementAt(agreements, event);
  const dayOfEvent = startOf(event.toISOString().slice(0, 10));
  return agreement && agreement.rights === 'custodian' && startOf(agreement.signedOn) < dayOfEvent
    ? 'custodian'
    : 'client';
}

export type AgreementFinding = 'no-agreement' | 'policy-older';

/**
 * What is to be mended. A finding and no stop: a client without an agreement is the custodian's
 * omission, and to keep the client's assets back for it would break Art 75(6) on top.
 * @param policyInForce version of the custody policy; null while there is none.
 */
export function agreementFinding(
  agreements: readonly Agreement[],
  policyInForce: number | null,
  now: Date,
): AgreementFinding | null {
  const agreement = agreementAt(agreements, now);
  if (agreement === null) return 'no-agreement';
  return policyInForce !== null && agreement.policyVersion < policyInForce ? 'policy-older' : null;
}

export const findingWords: Readonly<Record<AgreementFinding, string>> = {
  'no-agreement': 'No agreement in force',
  'policy-older': 'Agreement names an older custody policy',
};
