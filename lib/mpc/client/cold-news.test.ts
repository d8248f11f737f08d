import { afterEach, expect, test } from 'vitest';
import { bring } from '../party/cold-desk.ts';
import { decreesAfter } from '../party/store/decrees.ts';
import {
  bytesOf,
  carryRound,
  copyFolder,
  newCeremony,
  onlineOf,
  openColdCustody,
  openColdVault,
  putBack,
  sendOut,
  signAt,
  type ColdCustody,
} from '../testing/cold-custody.ts';
import { must, randomAddress } from '../testing/custody.ts';
import { listingIntent } from '../testing/organisation.ts';
import { advanceColdCeremony, takeColdAnswer, tellNews } from './cold-ceremony.ts';
import { knowsNothing, mergeKnowledge, type ColdKnowledge } from './cold-knowledge.ts';
import { finishColdSigning } from './cold-signing.ts';
import { adopt } from './party-client.ts';

let custody: ColdCustody;
afterEach(() => custody.remove());

const finish = (out: Awaited<ReturnType<typeof sendOut>>, text: string) =>
  finishColdSigning(onlineOf(custody), out.trip, bytesOf(text), { now: new Date() });

test('a cold party that missed more than goes beside a request is told first, as often as it takes', async () => {
  custody = openColdCustody();
  const vault = await openColdVault(custody);
  for (let more = 0; more < 60; more += 1) {
    const id = `d-${more}`;
    const bundle = custody.organisation.bundle(listingIntent({ id, address: randomAddress() }));
    for (const { client } of [custody.control, custody.custody, custody.recovery])
      must(await adopt(client, bundle));
  }
  await expect(sendOut(custody, vault)).rejects.toThrow(/cold-news-first/u);
  let knowledge: ColdKnowledge = knowsNothing;
  let trips = 0;
  for (; trips < 10 && knowledge.seq < 61; trips += 1) {
    const world = {
      online: [custody.control.client],
      others: [custody.custody.client, custody.recovery.client],
      drive: tellNews('cold-a'),
      knowledge: { 'cold-a': knowledge },
    };
    const step = await advanceColdCeremony(
      { ...newCeremony(custody), legs: newCeremony(custody).legs.slice(0, 1) },
      world,
    );
    if (step.outcome.kind !== 'waiting') throw new Error(step.outcome.kind);
    const answer = carryRound(custody.a, step.outcome.documents[0]?.text ?? '');
    const taken = await takeColdAnswer(step.state, world, {
      cold: 'cold-a',
      answer: bytesOf(answer.text),
      now: new Date(),
    });
    if (!taken.ok) throw new Error(taken.refusal);
    ({ knowledge } = taken.value);
  }
  expect(trips).toBeGreaterThan(1);
  expect(decreesAfter(custody.a.party.database, 0, 100)).toHaveLength(61);
  const out = await sendOut(custody, vault, { knowledge });
  expect((await finish(out, signAt(custody.a, custody, out.text).text)).ok).toBe(true);
}, 60_000);

test('two copies of a cold party can each be opened once, and the next documents show it', async () => {
  custody = openColdCustody();
  const vault = await openColdVault(custody);
  const [one, two] = [await sendOut(custody, vault), await sendOut(custody, vault)];
  const copy = copyFolder(custody.a, custody);
  const first = signAt(custody.a, custody, one.text);
  const original = copyFolder(custody.a, custody);
  putBack(custody.a, copy, custody);
  const second = signAt(custody.a, custody, two.text);
  const ends = [await finish(one, first.text), await finish(two, second.text)];
  const next = await sendOut(custody, vault);
  const seen = [bring(custody.a.desk, bytesOf(next.text))];
  putBack(custody.a, original, custody);
  seen.push(bring(custody.a.desk, bytesOf(next.text)));
  const alarms = [
    ...ends.flatMap((end) => (end.ok ? [] : [end.refusal])),
    ...seen.flatMap((brought) => ('refusal' in brought ? [brought.refusal] : [])),
  ];
  expect(alarms.length).toBeGreaterThan(0);
  expect(
    alarms.every((alarm) => alarm === 'cold-store-behind' || alarm === 'own-store-behind'),
  ).toBe(true);
});

test('nobody but the cold party can make it seem further than it was', async () => {
  custody = openColdCustody();
  const vault = await openColdVault(custody);
  const out = await sendOut(custody, vault);
  const answer = signAt(custody.a, custody, out.text);
  expect((await finish(out, answer.text)).ok).toBe(true);
  const { database } = custody.control.party;
  const row = database.one("select value from meta where name = 'cold-record:cold-a'");
  const kept = JSON.parse(String(row?.['value'])) as { heads: { record: { length: number } } };
  kept.heads.record.length += 1000;
  database.run("update meta set value = ? where name = 'cold-record:cold-a'", JSON.stringify(kept));
  const next = await sendOut(custody, vault);
  expect(bring(custody.a.desk, bytesOf(next.text))).toMatchObject({
    refusal: 'cold-word-invalid',
  });
});

test('what a cold party knows after two trips at once is what it knows after both', () => {
  const settlement = (operation: string) => ({ operation, message: 'AA', signatures: ['bb'] });
  const a = { by: 'control', seq: 7, settlements: [settlement('one')] };
  const b = { by: 'control', seq: 9, settlements: [settlement('two')] };
  for (const merged of [mergeKnowledge(a, b), mergeKnowledge(b, a)]) {
    expect(merged).toMatchObject({ by: 'control', seq: 9 });
    expect(merged.settlements.map(({ operation }) => operation).sort()).toEqual(['one', 'two']);
  }
  expect(mergeKnowledge(knowsNothing, a).seq).toBe(7);
});
