import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { listPacks } from '#lib/resilience/board/list-packs.ts';
import { viewDuties } from '#lib/resilience/board/view-duties.ts';
import { openWorkplace, type Workplace } from '../colleagues/testing/workplace.ts';
import { makeBoard } from './make-board.ts';

let workplace: Workplace;
beforeAll(async () => {
  workplace = await openWorkplace();
});
afterAll(() => workplace.close());

it('the sample board has an approved pack, evidence and training, made once by the real use cases', async () => {
  const { team, context, owner } = workplace;
  const make = async () => {
    await makeBoard(team, { ...context, log: () => undefined });
    return [
      await owner.boardSignature.count(),
      await owner.boardEvidence.count(),
      await owner.boardTraining.count(),
    ];
  };
  const made = await make();
  expect(made).toEqual([1, 6, 2]);
  expect(await make()).toEqual(made);
  const { actor } = await team.signIn('ada');
  const { packs } = valueOf(await listPacks(actor, { after: null, quarter: null }, context));
  expect(packs.map(({ standing }) => standing)).toEqual(['approved']);
  const { duties } = valueOf(await viewDuties(actor, context));
  const ids = (state: string) => duties.filter((duty) => duty.state === state).map(({ id }) => id);
  expect(ids('missing')).toEqual(['5-2-f', '5-2-g']);
  expect(ids('old')).toEqual(['5-2-e']);
});
