/**
 * Checks that two people signed a correction of the books. Needs nothing but the one document: no
 * database, no network, no trust in whoever made it. Whose the keys are, the roster says.
 */
import {
  findStatementFault,
  type CorrectionStatementFault,
} from '#lib/protocol/check-correction.ts';
import {
  correctionDigest,
  correctionEvidence,
  correctionJournalDigest,
  correctionStatement,
  unbalancedAssets,
  type CorrectionDocument,
  type CorrectionEvidence,
} from '#lib/protocol/correction.ts';

export const correctionFaults = {
  'evidence-malformed': 'The file is not in the form of a correction’s evidence.',
  'lines-unbalanced': 'The lines do not sum to zero.',
  'account-twice': 'An account stands there twice.',
  'statement-malformed': 'A statement is not in its canonical form.',
  'statement-of-another-correction':
    'A statement names another correction, or the lines were changed after it was signed.',
  'statement-of-another-person': 'The raise is not by who is said to have raised it.',
  'raise-missing': 'Nobody is shown to have raised it.',
  'approval-missing': 'It is said to be posted, and nobody is shown to have approved it.',
  'one-person': 'One person raised and approved it.',
  'approved-too-late': 'It was approved after it had expired.',
  'journal-differs': 'The journal in the books does not say what was signed.',
  'signature-invalid': 'A key did not sign the statement that it is said to have signed.',
} as const;
export type CorrectionFault = keyof typeof correctionFaults;

type Signer = { person: string; key: string; at: string };

export type CorrectionAnswer =
  | {
      ok: true;
      number: string;
      digest: string;
      document: CorrectionDocument;
      raised: Signer;
      /** Null for one that nobody approved. */
      approved: Signer | null;
      /** Number of the journal, whose content was signed. */
      journal: string | null;
    }
  | { ok: false; fault: CorrectionFault };

const no = (fault: CorrectionFault): { ok: false; fault: CorrectionFault } => ({
  ok: false,
  fault,
});

type Kept = CorrectionEvidence['statements'][number];

/** What a statement says; null when it is not one. Whether it is signed is another question. */
function readStatement({ text }: Kept) {
  try {
    const parsed = correctionStatement.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function namedFault(fault: CorrectionStatementFault): CorrectionFault {
  switch (fault) {
    case 'statement-malformed':
    case 'statement-of-another-correction':
    case 'statement-of-another-person':
      return fault;
    default:
      return 'signature-invalid';
  }
}

/** @param candidate the file as parsed JSON; it may be anything. Never throws on it. */
export function verifyCorrection(candidate: unknown): CorrectionAnswer {
  const parsed = correctionEvidence.safeParse(candidate);
  if (!parsed.success) return no('evidence-malformed');
  const { document, statements, journal, number, origin, rpId } = parsed.data;
  if (unbalancedAssets(document.lines).length > 0) return no('lines-unbalanced');
  if (new Set(document.lines.map(({ account }) => account)).size < document.lines.length)
    return no('account-twice');
  const signers = new Map<'raise' | 'approve', Signer>();
  for (const kept of statements) {
    const said = readStatement(kept);
    if (!said) return no('statement-malformed');
    const person = said.decision === 'raise' ? document.raisedBy : said.person;
    const credential = {
      ...kept.credential,
      publicKey: new Uint8Array(Buffer.from(kept.credential.publicKey, 'base64url')),
    };
    const fault = findStatementFault(
      { ...kept, credential },
      { document, decision: said.decision, person, origin, rpId },
    );
    if (fault) return no(namedFault(fault));
    signers.set(said.decision, { person, key: kept.credential.id, at: said.issuedAt });
  }
  const raised = signers.get('raise');
  const approved = signers.get('approve') ?? null;
  if (!raised) return no('raise-missing');
  if (journal && !approved) return no('approval-missing');
  if (approved && (approved.person === raised.person || approved.key === raised.key))
    return no('one-person');
  if (approved && approved.at >= document.expiresAt) return no('approved-too-late');
  if (journal && journal.contentDigest !== correctionJournalDigest(document))
    return no('journal-differs');
  const digest = correctionDigest(document);
  return { ok: true, number, digest, document, raised, approved, journal: journal?.number ?? null };
}
