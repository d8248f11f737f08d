/**
 * The one way to a journal: a single statement that calls the database's posting function and
 * writes the audit entry. Positive amounts are debits, negative ones credits, in the smallest unit.
 */
import { contentDigest } from '#lib/audit/content-digest.ts';
import { auditLeaf } from '#lib/audit/leaf.ts';
import { isDirect, queryDirectly } from '#lib/platform/db/direct.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import { tryAgain, type Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { inTurn } from './account-turns.ts';

export type JournalLine = { account: string; amount: bigint };

export type NewJournal = {
  /** The same key with the same content is the same journal; with other content it is refused. */
  key: string;
  kind:
    | 'withdrawal'
    | 'deposit'
    | 'network-fee'
    | 'own-funds'
    | 'nonce-accounts'
    | 'correction'
    | 'bank-entry'
    | 'vault-transfer'
    | 'deposit-reversal';
  operation: string | null;
  /** Whether the journal uses up the hold of its operation. */
  usesHold: boolean;
  lines: readonly JournalLine[];
  corrects: bigint | null;
  at: Date;
};

export type Posted = {
  journal: bigint;
  /** False when this very journal had been posted before. */
  isNew: boolean;
};

export type PostRefusal =
  | 'journal-differs'
  | 'insufficient-balance'
  | 'hold-already-used'
  | 'hold-released'
  | 'journal-malformed';

/** Everything a journal says, as it is hashed. Amounts are in the smallest unit, signed. */
export type JournalContent = {
  key: string;
  kind: string;
  operation: string | null;
  corrects: string | null;
  /** In the order of the journal's lines. */
  lines: readonly { account: string; amount: string }[];
};

/** SHA-256 of the canonical content, lower-case hex: kept with the journal and in the audit trail. */
export const journalDigest = ({ key, kind, operation, corrects, lines }: JournalContent): string =>
  contentDigest({
    type: 'countersign/journal/v1',
    key,
    kind,
    operation,
    corrects,
    lines: lines.map(({ account, amount }) => ({ account, amount })),
  });

/** What runs statements: a client, or a transaction of one. */
export type Statements = Pick<Tx, '$queryRaw'>;

type Answer = { status: string; journal: string | null };

/** Inside a transaction the statement is part of it; otherwise it is one, and in its accounts' turn. */
function run(tx: Statements, journal: NewJournal): Promise<Answer[]> {
  const statement = postingStatement(journal);
  if (!isDirect(tx)) return tx.$queryRaw<Answer[]>(statement);
  return inTurn(
    journal.lines.map(({ account }) => account),
    () => tryAgain(() => queryDirectly<Answer>(tx, 'ledger-post', statement)),
  );
}

/** Posts a journal, once. */
export async function postJournal(
  tx: Statements,
  journal: NewJournal,
): Promise<Result<Posted, PostRefusal>> {
  const [answer] = await run(tx, journal);
  if (!answer) throw new Error('The ledger gave no answer.');
  const { status } = answer;
  if ((status === 'posted' || status === 'exists') && answer.journal !== null)
    return ok({ journal: BigInt(answer.journal), isNew: status === 'posted' });
  return refusalOf(status, journal.key);
}

/** The statement behind `postJournal`. */
function postingStatement(journal: NewJournal): Prisma.Sql {
  const lines = journal.lines.map(({ account, amount }) => ({
    account,
    amount: amount.toString(),
  }));
  const digest = journalDigest({
    key: journal.key,
    kind: journal.kind,
    operation: journal.operation,
    corrects: journal.corrects?.toString() ?? null,
    lines,
  });
  const entry = {
    kind: 'journal-posted',
    subject: journal.operation ?? journal.key,
    actor: 'worker',
    at: journal.at,
    facts: { journalKey: journal.key, journalKind: journal.kind, contentDigest: digest },
  } as const;
  const leaf = auditLeaf(entry);
  return Prisma.sql`
    select status, journal::text from ledger_post(
      ${journal.key}, ${journal.kind}, ${journal.operation}::uuid, ${journal.usesHold},
      ${lines.map(({ account }) => account)}::text[], ${lines.map(({ amount }) => amount)}::numeric[],
      ${digest}, ${journal.corrects}::bigint,
      ${entry.subject}, ${entry.at.toISOString()}::timestamptz, ${leaf.bytes}, ${leaf.hash})`;
}

function refusalOf(status: string, key: string): Result<never, PostRefusal> {
  const differing = /^exists_with_different_(\w+)$/.exec(status)?.[1];
  if (differing !== undefined)
    return refuse(
      'journal-differs',
      `The journal ${key} was posted before with another ${differing}.`,
    );
  switch (status) {
    case 'insufficient':
      return refuse('insufficient-balance', 'The balance of a client does not cover this journal.');
    case 'already_posted':
      return refuse('hold-already-used', 'The amount held for this operation was already posted.');
    case 'already_voided':
      return refuse('hold-released', 'The amount held for this operation was already given back.');
    default:
      // The rest says that the caller put the journal together wrongly, which no person can mend.
      return refuse(
        'journal-malformed',
        `The ledger does not take the journal ${key}: ${status.replaceAll('_', ' ')}.`,
      );
  }
}
