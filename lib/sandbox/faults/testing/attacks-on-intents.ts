/** Attacks on what is to be done: the intent, its destination, its transaction. */
import { randomUUID } from 'node:crypto';
import { buildTransfer } from '#lib/chains/solana/build.ts';
import { idOfTransaction } from '#lib/chains/solana/transaction.ts';
import { freshKey } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { canonicalize, digestOf, type WithdrawalIntent } from '#lib/protocol/intent.ts';
import { endAgain, NO_LEGAL_CHANGE, NOT_ALLOWED, reopenHold, type Attack } from './attack.ts';
import { query } from './books.ts';
import {
  moveToComplete,
  passForComplete,
  wakeWorker,
  type Field,
  type Op,
  type Sql,
} from './field.ts';

const NO_DIGEST_RULE = 'alter table operation drop constraint if exists operation_digest_true';
const DIGEST_RULE = `alter table operation add constraint operation_digest_true
  check (digest = encode(sha256(convert_to(intent, 'UTF8')), 'hex')) not valid`;

const rewrite = (op: Op, intent: WithdrawalIntent, digest: string): Sql => [
  `update operation set intent = $2, digest = $3, amount = $4, vault_id = $5, destination_id = $6
     where id = $1`,
  op.id,
  canonicalize(intent),
  digest,
  intent.amount,
  intent.vault,
  intent.destination.id,
];

/** The database's own guard is that an operation and its hold say the same, so that one goes along. */
const rewriteHold = (op: Op, { amount }: WithdrawalIntent): Sql => [
  'update hold set amount = fee + $2::numeric where operation_id = $1',
  op.id,
  amount,
];

/** The books are what they were: an attack that left them false would stand in the way of the next. */
const restoreHold = (field: Field, op: Op): Promise<void> =>
  field.asOwner(rewriteHold(op, op.intent));

function rewrittenIntent(
  name: string,
  change: (field: Field, intent: WithdrawalIntent) => WithdrawalIntent,
): Attack {
  return {
    name: `the intent's ${name} rewritten, with the digest to match`,
    refused: (op, field) => {
      const intent = change(field, op.intent);
      return [[NOT_ALLOWED, ...rewrite(op, intent, digestOf(intent))]];
    },
    strike: async (field, op) => {
      const intent = change(field, op.intent);
      await field.asOwner(rewrite(op, intent, digestOf(intent)), rewriteHold(op, intent));
      await field.complete(op);
    },
    refusal: 'digest-mismatch',
    undo: restoreHold,
  };
}

const tenfold = (intent: WithdrawalIntent): WithdrawalIntent => ({
  ...intent,
  amount: `${intent.amount}0`,
});

const rewrittenIntents: Attack[] = [
  rewrittenIntent('amount', (_field, intent) => tenfold(intent)),
  rewrittenIntent('vault', (_field, intent) => ({ ...intent, vault: 'hot-1' })),
  rewrittenIntent('destination address', (field, intent) => ({
    ...intent,
    destination: { ...intent.destination, address: field.thief },
  })),
  rewrittenIntent('highest fee', (_field, intent) => ({ ...intent, highestFee: '99000000' })),
  {
    name: "the intent's amount rewritten under the old digest",
    refused: (op) => [[NOT_ALLOWED, ...rewrite(op, tenfold(op.intent), op.digest)]],
    strike: async (field, op) => {
      const intent = tenfold(op.intent);
      await field.asOwner(
        [NO_DIGEST_RULE],
        rewrite(op, intent, op.digest),
        rewriteHold(op, intent),
      );
      await field.complete(op);
    },
    refusal: 'digest-mismatch',
    undo: async (field, op) => {
      await field.asOwner([DIGEST_RULE]);
      await restoreHold(field, op);
    },
  },
];

const readdress = (id: string, address: string): Sql => [
  'update destination set address = $2 where id = $1',
  id,
  address,
];

/** People are shown the attacker's address and state on it, with keys of their own. */
async function deceive(field: Field, destination: string): Promise<Op> {
  const id = randomUUID();
  await field.raise(id, { destination });
  await field.decide(id, 'marek', 'approve');
  return field.read(id);
}

const FORGED = 'forged-destination';
const PROPOSED = 'forged-proposal';

const propose = (field: Field, id: string): Sql => [
  `insert into destination (id, client_id, chain, asset, address, label, class, expires_at, state)
     values ($1, $2, 'solana:sandbox', 'SOL', $3, 'Own wallet', 'client-wallet',
       now() + interval '30 days', 'proposed')`,
  id,
  field.ground.client,
  field.thief,
];

const forgedDestinations: Attack[] = [
  {
    name: 'the address of a listed destination swapped before people state on it',
    prepare: async (field) => {
      const { destination } = field.ground;
      await field.asOwner(readdress(destination.id, field.thief));
      return deceive(field, destination.id);
    },
    refused: (_op, field) => [
      [NOT_ALLOWED, ...readdress(field.ground.destination.id, field.thief)],
    ],
    strike: (field, op) => field.complete(op),
    refusal: 'destination-address-differs',
    undo: (field) =>
      field.asOwner(readdress(field.ground.destination.id, field.ground.destination.address)),
  },
  {
    name: 'a destination listed in the database alone',
    prepare: async (field) => {
      await field.asWeb(propose(field, FORGED), propose(field, PROPOSED));
      await field.asOwner([
        `update destination set state = 'listed', listed_at = now() - interval '1 day' where id = $1`,
        FORGED,
      ]);
      return deceive(field, FORGED);
    },
    refused: (_op, field) => [
      [
        NO_LEGAL_CHANGE,
        `insert into destination (id, client_id, chain, asset, address, label, class, expires_at, state)
           values ('forged-listed', $1, 'solana:sandbox', 'SOL', $2, 'Own wallet', 'client-wallet',
             now() + interval '30 days', 'listed')`,
        field.ground.client,
        field.thief,
      ],
      [NOT_ALLOWED, `update destination set state = 'listed' where id = $1`, PROPOSED],
    ],
    strike: (field, op) => field.complete(op),
    refusal: 'destination-not-listed',
  },
];

type Planted = { message: Uint8Array; conflictKey: string };

/** A transfer to the attacker, over a nonce account that nobody has at the moment. */
async function transferToThief(field: Field, op: Op): Promise<Planted> {
  const [found] = await query<{ address: string; fee_payer: string }>(
    field.stack.ownerUrl,
    `select n.address, h.detail ->> 'feePayer' as fee_payer from nonce_account n, heartbeat h
       where n.vault_id = $1 and n.operation_id is null and h.name = 'worker' order by n.address limit 1`,
    [op.intent.vault],
  );
  const account = found?.address ?? '';
  const nonce = await field.ground.chain.getNonce(account, 'finalized');
  if (nonce.state !== 'ready') throw new Error('There is no free nonce account.');
  const message = buildTransfer({
    feePayer: found?.fee_payer ?? '',
    from: field.ground.vault.address,
    to: field.thief,
    lamports: BigInt(op.intent.amount),
    memo: op.intent.memo,
    nonce: { account, value: nonce.value },
  });
  return { message, conflictKey: `solana:nonce:${account}:${nonce.value}` };
}

/** The attacker's transaction in the place of the one the worker would build. */
async function plantTransaction(field: Field, op: Op): Promise<Sql> {
  const { message, conflictKey } = await transferToThief(field, op);
  return [
    `insert into chain_transaction (id, operation_id, attempt, chain, message, conflict_key, phase)
       values ($1, $2, 1, $3, $4, $5, 'built')`,
    randomUUID(),
    op.id,
    op.intent.chain,
    Buffer.from(message),
    conflictKey,
  ];
}

/** The attacker's transaction with signatures of the attacker's, as if the parties had signed it. */
export async function passForSigned(field: Field, op: Op): Promise<Sql[]> {
  const { message, conflictKey } = await transferToThief(field, op);
  const signature = freshKey().sign(message);
  const raw = Buffer.concat([Buffer.from([2]), signature, signature, message]);
  return [
    [
      `insert into chain_transaction (id, operation_id, attempt, chain, message, conflict_key, phase, txid, raw)
         values ($1, $2, 1, $3, $4, $5, 'signed', $6, $7)`,
      randomUUID(),
      op.id,
      op.intent.chain,
      Buffer.from(message),
      conflictKey,
      idOfTransaction(raw),
      raw,
    ],
    [`update operation set state = 'signed', revision = revision + 1 where id = $1`, op.id],
    wakeWorker(op.id),
  ];
}

const plantedTransactions: Attack[] = [
  {
    name: 'a transaction to another address planted for a genuine operation',
    refused: (op) => [
      [
        NOT_ALLOWED,
        `insert into chain_transaction (id, operation_id, attempt, chain, message, conflict_key, phase)
           values (gen_random_uuid(), $1, 1, 'solana:sandbox', '\\x00', 'x', 'built')`,
        op.id,
      ],
    ],
    strike: async (field, op) => {
      await field.asOwner(await plantTransaction(field, op));
      await field.complete(op);
    },
    refusal: 'transaction-recipient-differs',
  },
  {
    name: 'an executed operation put back, its transaction taken off the record',
    prepare: async (field) => {
      const op = await field.approved();
      await field.decide(op.id, 'ines', 'cosign');
      await field.settled(op.id);
      return op;
    },
    refused: (op) => [
      [NOT_ALLOWED, 'delete from chain_transaction where operation_id = $1', op.id],
      [NO_LEGAL_CHANGE, ...moveToComplete(op.id)],
    ],
    strike: (field, op) =>
      field.asOwner(
        ['delete from chain_transaction where operation_id = $1', op.id],
        reopenHold(op.id),
        ...passForComplete(op.id),
      ),
    refusal: 'transaction-does-not-conflict',
    undo: (field, op) => field.asOwner(...endAgain(op.id, 'confirmed')),
  },
];

export const attacksOnIntents: readonly Attack[] = [
  ...rewrittenIntents,
  ...forgedDestinations,
  ...plantedTransactions,
];
