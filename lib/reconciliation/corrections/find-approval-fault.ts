/**
 * Whether two people really signed an approved correction, with keys that the roster gave them. The database
 * compares what statements say; whoever writes into it can make up what they say, and no signature. Pure.
 */
import { scopesOf, type Scope } from '#lib/identity/roles.ts';
import { findStatementFault } from '#lib/protocol/check-correction.ts';
import {
  correctionDocument,
  correctionJournalDigest,
  correctionStatement,
  type CorrectionDocument,
  type CorrectionStatement,
} from '#lib/protocol/correction.ts';
import { findKeyRefusal } from '#lib/protocol/counting.ts';
import { withoutKeys, type Roster } from '#lib/protocol/roster.ts';
import { correctionLifetimeMs } from './correction-row.ts';

/** What is wrong with an approved correction, in words that follow its number. */
export const approvalFaults = {
  'document-unreadable': 'what was raised cannot be read',
  'roster-missing': 'no roster was in force when it was posted',
  'other-house': 'it names another organisation than the roster',
  'statement-missing': 'nobody is shown to have signed the raise, or the approval',
  'person-unknown': 'the roster does not name who is said to have signed it',
  'key-unknown': 'the roster gives who is said to have signed it no such key',
  'key-ended': 'a key signed it that had been ended',
  'not-allowed': 'the roster gives who signed it no right to raise, or to approve, corrections',
  'signature-invalid': 'a key did not sign what it is said to have signed',
  'one-person': 'one person, or one key, raised and approved it',
  'approved-too-late': 'it was approved after it had expired, or later than anybody may',
  'journal-differs': 'the digest of its journal is not that of what was signed',
} as const;
export type ApprovalFault = keyof typeof approvalFaults;

/**
 * A change of who counts, and an approval at the same moment, do not see each other: what was in force until
 * then counts for so long.
 */
export const graceMs = 60_000;

export type ApprovedCorrection = {
  document: string;
  raisedBy: string;
  endedBy: string | null;
  events: readonly {
    what: string;
    actor: string;
    statement: { document: string; assertion: unknown; credentialId: string } | null;
  }[];
  /** By the clock of the database. */
  posted: { postedAt: Date; contentDigest: string } | null;
};

/** Who counted when its journal was posted. */
export type Counting = {
  /** Rosters that were in force then; two where one had just taken the place of the other. */
  rosters: readonly Roster[];
  /** Keys, by id, that had been ended by then although a roster still named them. */
  ended: ReadonlySet<string>;
};

/** @returns null when a roster in force says that two people who may signed exactly this in time. */
export function findApprovalFault(
  correction: ApprovedCorrection,
  { rosters, ended }: Counting,
): ApprovalFault | null {
  const document = readDocument(correction.document);
  if (!document) return 'document-unreadable';
  if (correction.posted?.contentDigest !== correctionJournalDigest(document))
    return 'journal-differs';
  let fault: ApprovalFault = 'roster-missing';
  for (const roster of rosters) {
    const found = findFaultUnder(withoutKeys(roster, ended), correction, document);
    if (found === null) return null;
    fault = found;
  }
  return fault;
}

function findFaultUnder(
  roster: Roster,
  correction: ApprovedCorrection,
  document: CorrectionDocument,
): ApprovalFault | null {
  if (
    document.organisation !== roster.organisation ||
    document.environment !== roster.environment ||
    document.raisedBy !== correction.raisedBy
  )
    return 'other-house';
  const raised = findSigner(roster, correction, { document, decision: 'raise' });
  if (typeof raised === 'string') return raised;
  const approved = findSigner(roster, correction, { document, decision: 'approve' });
  if (typeof approved === 'string') return approved;
  if (raised.person === approved.person || raised.key === approved.key) return 'one-person';
  const expires = Date.parse(document.expiresAt);
  const isInTime =
    Date.parse(approved.said.issuedAt) < expires &&
    (correction.posted?.postedAt.getTime() ?? Infinity) < expires &&
    expires - Date.parse(raised.said.issuedAt) <= correctionLifetimeMs;
  return isInTime ? null : 'approved-too-late';
}

type Signer = { person: string; key: string; said: CorrectionStatement };
type Wanted = { document: CorrectionDocument; decision: CorrectionStatement['decision'] };

const steps = {
  raise: { what: 'raised', scope: 'correction:raise' },
  approve: { what: 'approved', scope: 'correction:approve' },
} as const satisfies Record<Wanted['decision'], { what: string; scope: Scope }>;

function findSigner(
  roster: Roster,
  { raisedBy, endedBy, events, posted }: ApprovedCorrection,
  { document, decision }: Wanted,
): Signer | ApprovalFault {
  const { what, scope } = steps[decision];
  const by = decision === 'raise' ? raisedBy : endedBy;
  const kept = events.find((event) => event.what === what && event.actor === by)?.statement;
  const said = kept && readStatement(kept.document);
  if (by === null || !kept || !said) return 'statement-missing';
  const person = roster.people.find(({ id }) => id === by);
  if (!person) return 'person-unknown';
  const credential = person.credentials.find(({ id }) => id === kept.credentialId);
  if (!credential) return 'key-unknown';
  const at = Math.max(
    (posted?.postedAt.getTime() ?? Infinity) - graceMs,
    Date.parse(said.issuedAt),
  );
  if (findKeyRefusal({ person, credential }, at)) return 'key-ended';
  if (!scopesOf(person.roles).has(scope)) return 'not-allowed';
  const { origins, id: rpId } = roster.relyingParty;
  const fault = findStatementFault(
    {
      text: kept.document,
      assertion: kept.assertion,
      credential: {
        id: credential.id,
        publicKey: Buffer.from(credential.publicKey, 'base64url'),
        backupEligible: credential.backupEligible,
      },
    },
    { document, decision, person: by, origin: origins, rpId },
  );
  return fault === null ? { person: by, key: credential.id, said } : 'signature-invalid';
}

function readDocument(text: string): CorrectionDocument | null {
  const parsed = correctionDocument.safeParse(readJson(text));
  return parsed.success ? parsed.data : null;
}

function readStatement(text: string): CorrectionStatement | null {
  const parsed = correctionStatement.safeParse(readJson(text));
  return parsed.success ? parsed.data : null;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
