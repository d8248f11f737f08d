/** Whoever can write whom texts name keeps neither an erasure nor those after it in an endless round. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decidedErasure, erasureNeeds, somebody } from '../testing/erasure-desk.ts';
import { openRequestDesk, type RequestDesk } from '../testing/request-desk.ts';
import { carryErasure } from './erasure-desk.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

it('an erasure gives way where texts that name the person keep coming in, and goes on once they do not', async () => {
  const person = await somebody(desk, { 'full-name': 'Theodora Quennell' });
  const { erasure } = await decidedErasure(desk, person);
  // After each round of texts another one is said to name the person.
  await desk.owner.$executeRaw`
    create function another_mention() returns trigger language plpgsql security definer set search_path = public as $$
    begin
      insert into person_mention (person_id, of_table, commitment)
        values (new.person_id, 'operation_note', md5(random()::text) || md5(random()::text));
      return null;
    end $$`;
  await desk.owner.$executeRaw`
    create trigger another after update on person_erasure for each row when (new.state = 'swept')
      execute function another_mention()`;
  await expect(carryErasure(erasureNeeds(desk), erasure)).rejects.toThrow('keep coming in');
  await desk.owner.$executeRaw`drop trigger another on person_erasure`;
  expect(await carryErasure(erasureNeeds(desk), erasure)).toBe('proved');
});
