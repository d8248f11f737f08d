/**
 * Whether two people really signed an approved correction, with keys that the roster gave them. The database
 * compares what statements say; whoever writes into it can make up what they say, and no signature. Pure.
 */
import type { Scope } from '#lib/identity/roles.ts';
import { findStatementFault } from '#lib/protocol/check-correction.ts';
import {
  correctionDocument,
  correctionJournalDigest,
  correctionStatement,
  type CorrectionDocument,
  type CorrectionStatement,
} from '#lib/protocol/correction.ts';
import { withoutKeys, type Roster } from '#lib/protocol/roster.ts';
import {
  findSigner,
  readJson,
  signerFaults,
  type Counting,
  type KeptStep,
} from '../proof/find-signer.ts';
import { correctionLifetimeMs } from './correction-row.ts';

/** What is wrong with an approved correction, in words that follow its number. */
export const approvalFaults = {
  ...signerFaults,
  'document-unreadable': 'what was raised cannot be read',
  'roster-missing': 'no roster was in force when it was posted',
  'statement-missing': 'nobody is shown to have signed the raise, or the approval',
  'not-allowed': 'the roster gives who signed it no right to raise, or to approve, corrections',
  'one-person': 'one person, or one key, raised and approved it',
  'approved-too-late': 'it was approved after it had expired, or later than anybody may',
  'journal-differs': 'the digest of its journal is not that of what was signed',
} as const;
export type ApprovalFault = keyof typeof approvalFaults;

export type ApprovedCorrection = {
  document: string;
  raisedBy: string;
  endedBy: string | null;
  events: readonly {
    what: string;
    actor: string;
    statement: KeptStep | null;
  }[];
  /** By the clock of the database. */
  posted: { postedAt: Date; contentDigest: string } | null;
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
  const raised = signerOf(roster, correction, { document, decision: 'raise' });
  if (typeof raised === 'string') return raised;
  const approved = signerOf(roster, correction, { document, decision: 'approve' });
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

function signerOf(
  roster: Roster,
  { raisedBy, endedBy, events, posted }: ApprovedCorrection,
  { document, decision }: Wanted,
): Signer | ApprovalFault {
  const { what, scope } = steps[decision];
  const by = decision === 'raise' ? raisedBy : endedBy;
  const kept = events.find((event) => event.what === what && event.actor === by)?.statement;
  const said = kept && readStatement(kept.document);
  if (by === null || !kept || !said) return 'statement-missing';
  const { origins, id: rpId } = roster.relyingParty;
  const signer = findSigner(roster, kept, {
    person: by,
    scope,
    issuedAt: said.issuedAt,
    writtenAt: posted?.postedAt.getTime() ?? Infinity,
    isSignedBy: (credential) =>
      findStatementFault(
        { text: kept.document, assertion: kept.assertion, credential },
        { document, decision, person: by, origin: origins, rpId },
      ) === null,
  });
  return typeof signer === 'string' ? signer : { ...signer, said };
}

function readDocument(text: string): CorrectionDocument | null {
  const parsed = correctionDocument.safeParse(readJson(text));
  return parsed.success ? parsed.data : null;
}

function readStatement(text: string): CorrectionStatement | null {
  const parsed = correctionStatement.safeParse(readJson(text));
  return parsed.success ? parsed.data : null;
}
