/** The board's second wall: what a program with the web role's rights can't do, whatever it tries. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import { challengeOf } from '#lib/protocol/statement.ts';
import { auditSql } from '../testing/audit-sql.ts';
import { makePack } from './make-pack.ts';
import { quarterBefore } from './quarter.ts';
import { openBoardDesk, signPack, type BoardDesk } from './testing/board-desk.ts';

let desk: BoardDesk;
let web: pg.Client;
let worker: pg.Client;
let owner: pg.Client;
let pack: { id: string; digest: string };
const other = '22222222-2222-4222-8222-222222222222';

beforeAll(async () => {
  desk = await openBoardDesk();
  [web, worker, owner] = (await Promise.all(
    (['web', 'worker', 'owner'] as const).map(async (role) => {
      const client = new pg.Client({ connectionString: desk.database.urls[role] });
      await client.connect();
      return client;
    }),
  )) as [pg.Client, pg.Client, pg.Client];
  const quarter = quarterBefore(desk.context.clock(), 0);
  const { id } = valueOf(await makePack(desk.people.mara.actor, { quarter }, desk.context));
  const { digest } = await desk.owner.boardPack.findUniqueOrThrow({ where: { id } });
  pack = { id, digest };
});
afterAll(async () => {
  await Promise.all([web.end(), worker.end(), owner.end()]);
  await desk.close();
});

async function refusal(sql: string, client = web): Promise<string | null> {
  try {
    await client.query(sql);
    return null;
  } catch (error) {
    return (error as { code?: string }).code ?? 'unknown';
  }
}

const personOf = (who: keyof BoardDesk['people']): string => desk.people[who].actor.personId;
async function keyOf(who: keyof BoardDesk['people']): Promise<string> {
  const key = await desk.owner.credential.findFirstOrThrow({
    where: { operatorId: personOf(who) },
  });
  return key.id;
}

const newPack = ({
  by = personOf('mara'),
  at = 'now()',
  quarter = '2026-Q3',
  digest = '',
} = {}) => {
  const text = `{"quarter":"2026-Q3","type":"countersign/board-pack/v1"}`;
  return `insert into board_pack (id, quarter, text, digest, made_by, made_at) values ('${other}', '${quarter}',
    '${text}', ${digest === '' ? `encode(sha256('${text}'), 'hex')` : `'${digest}'`}, '${by}', ${at})`;
};

type Signing = {
  who?: keyof BoardDesk['people'];
  statement?: object;
  /** Another statement than what stands in the row, whose challenge was answered. */
  answered?: object;
  key?: string;
  decision?: string;
  at?: string;
};
async function signature({
  who = 'nils',
  statement = {},
  answered,
  key,
  decision = 'approved',
  at = 'now()',
}: Signing = {}): Promise<string> {
  const { number, quarter } = await desk.owner.boardPack.findUniqueOrThrow({
    where: { id: pack.id },
  });
  const said = {
    type: 'countersign/board-pack-statement/v1',
    pack: pack.id,
    number,
    quarter,
    digest: pack.digest,
    decision,
    conditions: null,
    person: personOf(who),
    ...statement,
  };
  const id = key ?? (await keyOf(who));
  const { challenge, origin } = {
    challenge: challengeOf({ ...said, ...answered }),
    origin: desk.context.settings.origin,
  };
  const assertion = { ...desk.people[who].key.assert({ challenge, origin }), id };
  return signatureOf({ who, said, assertion, id, decision, at });
}
type Row = Required<Pick<Signing, 'who' | 'decision' | 'at'>> & {
  said: { type: string };
  assertion: object;
  id: string;
};
const signatureOf = ({ who, said, assertion, id, decision, at }: Row): string =>
  `insert into board_signature (pack_id, person, decision, statement, assertion, credential_id, signed_at)
    values ('${pack.id}', '${personOf(who)}', '${decision}', '${canonicalize(said)}', '${JSON.stringify(assertion)}', '${id}', ${at})`;
const told = (kind: string, who: keyof BoardDesk['people'], at = 'now()'): string =>
  auditSql({ kind, subject: `'${pack.id}'`, actor: `'${personOf(who)}'`, at });

describe('a pack', () => {
  it('is made now by somebody, says its quarter and has its digest and audit entry', async () => {
    expect(await refusal(newPack({ by: 'system' }))).toBe('CS002');
    expect(await refusal(newPack({ by: 'p-zzzzzzzzzz' }))).toBe('CS002');
    expect(await refusal(newPack({ at: `now() - interval '1 day'` }))).toBe('CS002');
    expect(await refusal(newPack({ quarter: '2026-Q2' }))).toBe('23514');
    expect(await refusal(newPack({ digest: 'a'.repeat(64) }))).toBe('23514');
    expect(await refusal(newPack())).toBe('CS003');
    expect(await refusal(newPack(), worker)).toBe('42501');
  });

  it('never changes, not even by the owner of the database', async () => {
    for (const sql of [
      `update board_pack set text = text`,
      `update board_pack set digest = digest`,
      `delete from board_pack`,
      `insert into board_pack (number) values ('BP-2026-999999')`,
    ]) {
      expect([sql, await refusal(sql)]).toEqual([sql, '42501']);
      expect([sql, await refusal(sql, worker)]).toEqual([sql, '42501']);
    }
    expect(await refusal('update board_pack set text = text', owner)).toBe('CS001');
    expect(await refusal('truncate board_pack cascade', owner)).toBe('CS001');
  });
});

describe('a signature', () => {
  it('is of this pack, by a key of whoever signs, now, and has its audit entry', async () => {
    expect(await refusal(await signature({ statement: { pack: other } }))).toBe('CS002');
    expect(await refusal(await signature({ statement: { digest: 'a'.repeat(64) } }))).toBe('CS002');
    expect(await refusal(await signature({ statement: { decision: 'noted' } }))).toBe('CS002');
    expect(await refusal(await signature({ statement: { conditions: 'a'.repeat(64) } }))).toBe(
      'CS002',
    );
    expect(await refusal(await signature({ statement: { person: personOf('mara') } }))).toBe(
      'CS002',
    );
    expect(await refusal(await signature({ key: await keyOf('mara') }))).toBe('CS002');
    expect(await refusal(await signature({ decision: 'conditions' }))).toBe('23514');
    expect(await refusal(await signature({ at: `now() - interval '1 day'` }))).toBe('CS002');
    expect(await refusal(await signature({ statement: { number: 'BP-2026-999999' } }))).toBe(
      'CS002',
    );
    expect(await refusal(await signature({ statement: { quarter: '2020-Q1' } }))).toBe('CS002');
    expect(await refusal(await signature({ statement: { type: 'other' } }))).toBe('CS002');
    expect(await refusal(await signature())).toBe('CS003');
    expect(await refusal(await signature(), worker)).toBe('42501');
  });

  it('is no press of a key over something else, nor an answer that somebody made up', async () => {
    expect(await refusal(await signature({ answered: { decision: 'noted' } }))).toBe('CS002');
    const id = await keyOf('nils');
    for (const response of [
      undefined,
      { clientDataJSON: 'e30' },
      { clientDataJSON: 'bm8ganNvbg' },
      { clientDataJSON: '%' },
      { clientDataJSON: '_w' },
    ]) {
      const whole = await signature();
      const forged = whole.replace(/'\{"id".*?\}', /u, `'${JSON.stringify({ id, response })}', `);
      expect(forged).not.toBe(whole);
      expect([response, await refusal(forged)]).toEqual([response, 'CS002']);
    }
  });

  it('has an audit entry of its own, whoever else signed the pack before', async () => {
    const kind = 'board-pack-signed';
    const signed = await signature();
    expect(await refusal(`${signed}; ${told(kind, 'mara')}`)).toBe('CS003');
    expect(await refusal(`${signed}; ${told(kind, 'nils', `now() - interval '1 minute'`)}`)).toBe(
      'CS003',
    );
    expect(await refusal(told(kind, 'nils'))).toBeNull();
    expect(await refusal(signed)).toBe('CS003');
  });

  it('of the maker alone approves nothing, and nobody writes an approval', async () => {
    const approved = () => desk.owner.boardApproval.count();
    valueOf(await signPack(desk, desk.people.mara, { id: pack.id, decision: 'approved' }));
    expect(await approved()).toBe(0);
    expect(
      await refusal(
        `insert into board_approval (pack_id, person, approved_at) values ('${pack.id}', '${personOf('mara')}', now())`,
      ),
    ).toBe('42501');
    valueOf(
      await signPack(desk, desk.people.nils, {
        id: pack.id,
        decision: 'conditions',
        conditions: 'Look at it again in May.',
      }),
    );
    expect(await approved()).toBe(1);
    expect(await refusal('delete from board_approval')).toBe('42501');
    expect(await refusal('delete from board_approval', owner)).toBe('CS001');
  });

  it('stays; only its conditions are erased, once and whole', async () => {
    const mine = `where person = '${personOf('nils')}'`;
    expect(await refusal(`update board_signature set decision = 'noted' ${mine}`)).toBe('42501');
    expect(
      await refusal(`update board_signature set sealed = decode(repeat('02', 80), 'hex') ${mine}`),
    ).toBe('CS002');
    expect(await refusal('delete from board_signature')).toBe('42501');
    expect(await refusal('delete from board_signature', owner)).toBe('CS001');
    const erase = `update board_signature set sealed = null, erased_at = now() ${mine}`;
    const entry = told('board-conditions-erased', 'mara');
    expect(await refusal(erase, worker)).toBe('42501');
    expect(await refusal(erase.replace('now()', `'2020-01-01'`))).toBe('CS002');
    expect(await refusal(erase)).toBe('CS003');
    expect(await refusal(`${erase}; ${entry}`)).toBeNull();
    expect(await refusal(erase)).toBe('CS002');
  });
});
