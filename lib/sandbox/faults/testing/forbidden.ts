/** What the web server's role may not do to the books and to an operation's life, with the codes. */
import { NO_LEGAL_CHANGE, NOT_ALLOWED } from './attack.ts';
import type { Field, Op, Sql } from './field.ts';

export type Forbidden = {
  name: string;
  code: string;
  sql: (op: Op, field: Field) => readonly Sql[];
};

/** Both are found at the commit: a hold without an operation, and one that disagrees with it. */
const NO_SUCH_ROW = '23503';
const HOLD_DISAGREES = 'CS004';

const client = ({ intent }: Op): string => `client/${intent.client}/${intent.asset}`;

const withId = (text: string) => (op: Op) => [[text, op.id] as const];

export const forbiddenToTheBooks: readonly Forbidden[] = [
  {
    name: 'post a withdrawal',
    code: NOT_ALLOWED,
    sql: (op) => [
      [
        `select ledger_post($1, 'withdrawal', $2, true, $3, $4, $5, null, $1, now(), '{}', '')`,
        `withdrawal:${op.id}`,
        op.id,
        [client(op), `vault/${op.intent.vault}/SOL`],
        [op.intent.amount, `-${op.intent.amount}`],
        op.digest,
      ],
    ],
  },
  {
    name: 'write a journal',
    code: NOT_ALLOWED,
    sql: withId(
      `insert into journal (idempotency_key, kind, operation_id, content_digest)
         values ('forged', 'withdrawal', $1, repeat('0', 64))`,
    ),
  },
  {
    name: 'write a posting',
    code: NOT_ALLOWED,
    sql: (op) => [
      [
        `insert into posting (journal_id, line, account_id, asset, amount) values (1, 99, $1, 'SOL', 1)`,
        client(op),
      ],
    ],
  },
  {
    name: 'change a balance',
    code: NOT_ALLOWED,
    sql: (op) => [['update account set credits = credits + 1 where id = $1', client(op)]],
  },
  {
    name: 'move a hold to another operation',
    code: NOT_ALLOWED,
    sql: withId('update hold set operation_id = gen_random_uuid() where operation_id = $1'),
  },
  {
    name: 'remove a hold',
    code: NOT_ALLOWED,
    sql: withId('delete from hold where operation_id = $1'),
  },
  {
    name: 'resolve a hold',
    code: NOT_ALLOWED,
    sql: withId(
      `insert into hold_resolution (hold_id, outcome)
         select id, 'voided' from hold where operation_id = $1`,
    ),
  },
  {
    name: 'hold an amount that no operation asks for',
    code: NO_SUCH_ROW,
    sql: (op) => [['select ledger_hold(gen_random_uuid(), gen_random_uuid(), $1, 1)', client(op)]],
  },
  {
    name: 'free the amount of an operation by ending it alone',
    code: HOLD_DISAGREES,
    sql: withId(`update operation set state = 'cancelled', revision = revision + 1 where id = $1`),
  },
];

const states = ['signing', 'signed', 'broadcast', 'confirmed', 'done', 'held', 'failed', 'expired'];

export const forbiddenToAnOperation: readonly Forbidden[] = [
  ...states.map((state): Forbidden => ({
    name: `make it ${state}`,
    code: ['signing', 'held', 'failed', 'expired'].includes(state) ? NOT_ALLOWED : NO_LEGAL_CHANGE,
    sql: withId(`update operation set state = '${state}', revision = revision + 1 where id = $1`),
  })),
  {
    name: 'ask for fewer people',
    code: NO_LEGAL_CHANGE,
    sql: withId(`update operation set needs = '[]', revision = revision + 1 where id = $1`),
  },
  {
    name: 'give it more time',
    code: NO_LEGAL_CHANGE,
    sql: withId(
      `update operation set expires_at = expires_at + interval '1 day', revision = revision + 1 where id = $1`,
    ),
  },
  {
    name: 'take it for a later attempt',
    code: NO_LEGAL_CHANGE,
    sql: withId(
      'update operation set attempt = attempt + 1, revision = revision + 1 where id = $1',
    ),
  },
  {
    name: 'remove it',
    code: NOT_ALLOWED,
    sql: withId('delete from operation where id = $1'),
  },
  {
    name: 'say who signs as a party',
    code: NOT_ALLOWED,
    sql: withId(
      `insert into party_adoption (operation_id, party, receipt) values ($1, 'control', '{}')`,
    ),
  },
  {
    name: 'point a vault elsewhere',
    code: NOT_ALLOWED,
    sql: (_op, field) => [['update vault set address = $1', field.thief]],
  },
];
