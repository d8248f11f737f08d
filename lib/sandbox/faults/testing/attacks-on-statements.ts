/** Attacks on who said what: missing, replayed, rewritten and repeated statements. */
import { randomUUID } from 'node:crypto';
import { until } from '#scripts/supervisor/testing/processes.ts';
import { canonicalize, intentDigest } from '#lib/protocol/intent.ts';
import { statement as statementSchema, assertionJson } from '#lib/protocol/statement.ts';
import {
  CHECK_VIOLATED,
  endAgain,
  NO_LEGAL_CHANGE,
  NOT_ALLOWED,
  NOT_UNIQUE,
  reopenHold,
  type Attack,
} from './attack.ts';
import { query } from './books.ts';
import {
  insertStatement,
  moveToComplete,
  passForComplete,
  type Field,
  type Op,
  type Signed,
  type Sql,
} from './field.ts';

/** Waits until the two parties that are on have the no that ended an operation. */
const heardByParties = (field: Field, id: string): Promise<void> =>
  until('both parties have the no', async () => {
    const [row] = await query<{ heard: number }>(
      field.stack.ownerUrl,
      `select count(*)::int as heard from no_delivery d join operation_statement s on s.id = d.statement_id
         where s.operation_id = $1`,
      [id],
    );
    return row?.heard === 2;
  });

async function readStatements(field: Field, id: string): Promise<Signed[]> {
  const rows = await query<{ document: string; assertion: unknown }>(
    field.stack.ownerUrl,
    'select document, assertion from operation_statement where operation_id = $1 order by id',
    [id],
  );
  return rows.map(({ document, assertion }) => ({
    statement: statementSchema.parse(JSON.parse(document)),
    assertion: assertionJson.parse(assertion),
  }));
}

/** An operation that went all the way, whose statements are there for everybody to copy. */
async function executed(field: Field): Promise<Signed[]> {
  const op = await field.approved();
  await field.decide(op.id, 'ines', 'cosign');
  await field.settled(op.id);
  return readStatements(field, op.id);
}

/** Statements of another operation, filled in for the operation that prepare made. */
const copied = new WeakMap<Op, Signed[]>();
const copiesFor = (op: Op): Signed[] => copied.get(op) ?? [];

async function raisedWithCopies(field: Field): Promise<Op> {
  const copies = await executed(field);
  const op = await field.raised();
  copied.set(
    op,
    copies.filter(({ statement }) => statement.decision !== 'raise'),
  );
  return op;
}

const adapted = (op: Op, { statement, assertion }: Signed): Signed => ({
  statement: { ...statement, operation: op.id, intentDigest: op.digest },
  assertion,
});

/** Puts a statement into a row that names this operation, whatever its document says. */
function insertFor(op: Op, attempt: number, signed: Signed): Sql {
  const [text, , person, decision, , ...rest] = insertStatement(signed);
  return [text, op.id, person, decision, attempt, ...rest];
}

const NO_COPY_RULE =
  'alter table operation_statement drop constraint if exists operation_statement_copies_document';
const COPY_RULE = `alter table operation_statement add constraint operation_statement_copies_document
  check (coalesce(document::jsonb ->> 'operation' = operation_id::text
    and document::jsonb ->> 'person' = person_id
    and document::jsonb ->> 'decision' = decision
    and document::jsonb ->> 'attempt' = attempt::text, false)) not valid`;

/** Held for want of a co-signature, and raised again: attempt 2, with nothing but the raise. */
async function secondAttempt(field: Field): Promise<Op> {
  const op = await field.approved();
  await field.asWeb(...passForComplete(op.id));
  await field.settled(op.id);
  await field.retry(op.id);
  return op;
}

const approvalOf = async (field: Field, op: Op): Promise<Signed> => {
  const found = (await readStatements(field, op.id)).find(
    ({ statement }) => statement.decision === 'approve',
  );
  if (!found) throw new Error('There is no approval.');
  return found;
};

const replays: Attack[] = [
  {
    name: 'approval and co-signature of another operation, rewritten for this one',
    prepare: raisedWithCopies,
    refused: (op) =>
      copiesFor(op).map((signed) => [CHECK_VIOLATED, ...insertFor(op, 1, signed)] as const),
    strike: (field, op) =>
      field.asWeb(
        ...copiesFor(op).map((signed) => insertStatement(adapted(op, signed))),
        ...passForComplete(op.id),
      ),
    refusal: 'challenge-mismatch',
  },
  {
    name: 'approval and co-signature of another operation, as they are',
    prepare: raisedWithCopies,
    strike: (field, op) =>
      field.asOwner(
        [NO_COPY_RULE],
        ...copiesFor(op).map((signed) => insertFor(op, 1, signed)),
        ...passForComplete(op.id),
      ),
    refusal: 'wrong-operation',
    undo: (field) => field.asOwner([COPY_RULE]),
  },
  {
    name: 'a whole executed operation, written again under a new number',
    prepare: async (field) => {
      const copies = await executed(field);
      const original = await field.read(copies[0]?.statement.operation ?? '');
      const id = randomUUID();
      const intent = { ...original.intent, operation: id };
      const op = { id, intent, digest: intentDigest(intent) };
      copied.set(op, copies);
      return op;
    },
    strike: (field, op) =>
      field.asWeb(
        insertOperation(field, op, []),
        placeHold(op),
        ...copiesFor(op).map((signed) => insertStatement(adapted(op, signed))),
        ...passForComplete(op.id),
      ),
    refusal: 'challenge-mismatch',
  },
  {
    name: 'the approval of an earlier attempt, rewritten for this one',
    prepare: secondAttempt,
    strike: async (field, op) => {
      const { statement, assertion } = await approvalOf(field, op);
      const cosigned = field.sign(op, field.person('ines'), 'cosign', { attempt: 2 });
      await field.asWeb(
        insertStatement({ statement: { ...statement, attempt: 2 }, assertion }),
        insertStatement(cosigned),
        ...passForComplete(op.id),
      );
    },
    refusal: 'challenge-mismatch',
  },
  {
    name: 'the approval of an earlier attempt, as it is',
    prepare: secondAttempt,
    strike: async (field, op) => {
      const cosigned = field.sign(op, field.person('ines'), 'cosign', { attempt: 2 });
      await field.asOwner(
        [NO_COPY_RULE],
        insertFor(op, 2, await approvalOf(field, op)),
        insertStatement(cosigned),
        ...passForComplete(op.id),
      );
    },
    refusal: 'attempt-mixed',
    undo: (field) => field.asOwner([COPY_RULE]),
  },
];

/** As the web server writes it, with needs of the attacker's choice. */
function insertOperation(field: Field, op: Op, needs: readonly unknown[]): Sql {
  const { client, vault, destination, asset, amount, kind } = op.intent;
  return [
    `insert into operation (id, number, kind, intent, digest, state, raised_by, roster_version,
       policy_version, policy_rule, needs, expires_at, client_id, vault_id, destination_id, asset, amount)
     values ($1, next_operation_number('withdrawal'), $2, $3, $4, 'raised', $5, 1, 1, 'withdrawal',
       $6, now() + interval '1 hour', $7, $8, $9, $10, $11)`,
    op.id,
    kind,
    canonicalize(op.intent),
    op.digest,
    field.person('ada').id,
    JSON.stringify(needs),
    client,
    vault,
    destination.id,
    asset,
    amount,
  ];
}

const placeHold = (op: Op): Sql => [
  'select ledger_hold(gen_random_uuid(), $1, $2, $3)',
  op.id,
  `client/${op.intent.client}/${op.intent.asset}`,
  op.intent.amount,
];

const NO_ONCE_RULE = 'drop index if exists operation_statement_person_counts_once';
const ONCE_RULE = `create unique index operation_statement_person_counts_once
  on operation_statement (operation_id, attempt, person_id) where decision in ('raise', 'approve', 'cosign')`;

/** One person in two parts: the database refuses, and without its rule the parties do. */
function twoParts(name: string, handle: string, refusal: string): Attack {
  const signed = (field: Field, op: Op): Sql =>
    insertStatement(field.sign(op, field.person(handle), 'cosign'));
  return {
    name,
    refused: (op, field) => [[NOT_UNIQUE, ...signed(field, op)]],
    strike: (field, op) =>
      field.asOwner([NO_ONCE_RULE], signed(field, op), ...passForComplete(op.id)),
    refusal,
    undo: (field, op) =>
      field.asOwner(
        [`delete from operation_statement where decision = 'cosign' and operation_id = $1`, op.id],
        [ONCE_RULE],
      ),
  };
}

const people: Attack[] = [
  {
    name: 'an operation that passes for complete without a co-signature',
    strike: (field, op) => field.asWeb(...passForComplete(op.id)),
    refusal: 'statements-incomplete',
  },
  {
    name: 'an operation written so that it needs nobody but its raiser',
    prepare: async (field) => {
      const original = await field.raised();
      const intent = { ...original.intent, operation: randomUUID() };
      return { id: intent.operation, intent, digest: intentDigest(intent) };
    },
    strike: (field, op) =>
      field.asWeb(
        insertOperation(field, op, []),
        placeHold(op),
        insertStatement(field.sign(op, field.person('ada'), 'raise')),
        ...passForComplete(op.id),
      ),
    refusal: 'own-group-missing',
  },
  {
    name: "a co-signature by a second person of the approvers' group",
    strike: (field, op) =>
      field.asWeb(
        insertStatement(field.sign(op, field.person('lena'), 'cosign')),
        ...passForComplete(op.id),
      ),
    refusal: 'statements-incomplete',
  },
  {
    name: "a co-signature in one person's name with another person's key",
    strike: (field, op) => {
      const { key } = field.person('lena');
      const { id } = field.person('ines');
      return field.asWeb(
        insertStatement(field.sign(op, { id, key }, 'cosign')),
        ...passForComplete(op.id),
      );
    },
    refusal: 'credential-of-another-person',
  },
  twoParts('the approver co-signs as well', 'marek', 'person-counted-twice'),
  twoParts('the raiser co-signs as well', 'ada', 'raiser-in-quorum'),
];

const onRecord = (op: Op, set: string): Sql => [
  `update operation_statement set ${set} where decision = 'approve' and operation_id = $1`,
  op.id,
];

/** An approval on record changed, and the operation completed by a genuine co-signature. */
function rewritten(name: string, set: string, refusal: string): Attack {
  return {
    name: `an approval on record with ${name}`,
    refused: (op) => [
      [NOT_ALLOWED, ...onRecord(op, set)],
      [NOT_ALLOWED, 'delete from operation_statement where operation_id = $1', op.id],
    ],
    strike: (field, op) =>
      field.asOwner(
        onRecord(op, set),
        insertStatement(field.sign(op, field.person('ines'), 'cosign')),
        ...passForComplete(op.id),
      ),
    refusal,
  };
}

const rewrites: Attack[] = [
  rewritten(
    'a later end',
    `document = replace(document, document::jsonb ->> 'expiresAt', '2099-01-01T00:00:00.000Z')`,
    'challenge-mismatch',
  ),
  rewritten(
    "its signature replaced by the raiser's",
    `assertion = jsonb_set(assertion, '{response,signature}', (select r.assertion #> '{response,signature}'
       from operation_statement r where r.operation_id = operation_statement.operation_id and r.decision = 'raise'))`,
    'signature-invalid',
  ),
  {
    name: 'a rejected operation put back among the complete ones',
    prepare: async (field) => {
      const op = await field.approved();
      await field.decide(op.id, 'sofia', 'reject');
      await heardByParties(field, op.id);
      return op;
    },
    refused: (op) => [[NO_LEGAL_CHANGE, ...moveToComplete(op.id)]],
    strike: (field, op) =>
      field.asOwner(
        insertStatement(field.sign(op, field.person('ines'), 'cosign')),
        reopenHold(op.id),
        ...passForComplete(op.id),
      ),
    // The no is at the parties by itself, so nothing of the attempt counts there.
    refusal: 'attempt-ended',
    undo: (field, op) => field.asOwner(...endAgain(op.id, 'rejected')),
  },
];

export const attacksOnStatements: readonly Attack[] = [...replays, ...people, ...rewrites];
