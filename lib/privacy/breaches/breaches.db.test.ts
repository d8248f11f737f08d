/** Breaches end to end, each step by its use case. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import type { Result } from '#lib/platform/result.ts';
import {
  assessed,
  confirmed,
  described,
  opening,
  plain,
  pressBreach,
  reported,
  severe,
  withContact,
} from '../testing/breach-desk.ts';
import { openRequestDesk, type RequestDesk } from '../testing/request-desk.ts';
import { BreachWarnings } from './breach-warnings.ts';
import { listBreaches } from './list-breaches.ts';
import { listConcerned } from './list-concerned.ts';
import {
  closeBreach,
  confirmBreach,
  containBreach,
  moveAwareness,
  noteBreach,
  proposeDismissal,
  reopenBreach,
  returnClearance,
} from './move-breach.ts';
import { openBreach } from './open-breach.ts';
import { readBreachTextsOf } from './read-breach-texts.ts';
import { recordNotified } from './tell-breach.ts';
import { listPersons, recordPersonsTold } from './tell-persons.ts';
import { viewBreach } from './view-breach.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const code = async (acting: Promise<Result<unknown>>): Promise<string> => {
  const result = await acting;
  return result.ok ? 'done' : result.refusal.code;
};
const dora = () => desk.people.dora.actor;
const minute = (hoursAgo = 0) =>
  fieldOf(new Date(desk.context.clock().getTime() - hoursAgo * 3_600_000));
const view = async (number: string) => valueOf(await viewBreach(dora(), number, desk.context));
const reasons = 'For reasons that stand here in full.';
const act = async (
  acting: (
    actor: ReturnType<typeof dora>,
    input: unknown,
    context: RequestDesk['context'],
  ) => Promise<Result<unknown>>,
  id: string,
  seen: number,
  more: object = {},
) => code(acting(dora(), { id, seen: `${seen}`, ...more }, desk.context));
/** As whoever has the web server could write it. */
const putClosed = (breachId: string, seq: number) =>
  desk.web.privacyBreachEvent.create({
    data: {
      breachId,
      seq,
      kind: 'closed',
      facts: {},
      actor: dora().personId,
      at: desk.context.clock(),
    },
  });
/** Of which we were aware so many hours ago. */
async function aware(hoursAgo: number) {
  const breach = await reported(desk, { noticedAt: minute(hoursAgo + 1) });
  const input = { id: breach.id, seen: '1', awareAt: minute(hoursAgo), reasons };
  valueOf(await confirmBreach(dora(), input, desk.context));
  return breach;
}
const sign = (id: string, seen: number, more: object = {}) =>
  pressBreach(desk, desk.people.mia, { id, seen: `${seen}`, step: 'notification-signed', ...more });
const sent = (more: object = {}) => ({
  sentAt: minute(),
  channel: 'portal',
  reference: 'DSB-2026/117',
  ...more,
});

describe('a breach from the first word to the last', () => {
  it('is notified in two parts, told to persons and closed', async () => {
    const { id, number } = await confirmed(desk);
    expect(number).toMatch(/^PB-\d{4}-\d{6}$/);
    expect((await view(number)).clock).toMatchObject({ state: 'running', left: { days: 2 } });
    expect((await view(number)).missing).toContain('consequences');
    expect(await code(sign(id, 2))).toBe('later-missing');
    valueOf(await sign(id, 2, { later: 'We are still counting whom it concerns.' }));
    expect(await act(recordNotified, id, 3, sent())).toBe('done');
    expect((await view(number)).clock.state).toBe('met');
    await described(desk, id, 4);
    valueOf(await assessed(desk, id, 5, severe));
    expect((await view(number)).standing.risk).toBe('high');
    expect(await act(listPersons, id, 6, { persons: `${desk.subject} ${desk.subject}` })).toBe(
      'done',
    );
    expect(await act(listPersons, id, 7, { persons: desk.subject })).toBe('listed');
    const measures = 'The account was closed and the list deleted.';
    expect(await act(containBreach, id, 7, { containedAt: minute(), measures })).toBe('done');
    expect(await act(closeBreach, id, 8, { note: '' })).toBe('authority-open');
    const unexcused = {
      step: 'persons-decided',
      id,
      seen: '8',
      isTold: 'no',
      exception: '',
      reasons,
    };
    expect(await code(pressBreach(desk, desk.people.mia, unexcused))).toBe('exception-missing');
    const rest = await view(number);
    expect(rest.missing).toEqual(['contact']);
    // Without a data protection officer on record the notification says why that comes later.
    valueOf(await sign(id, 8, { later: 'The officer takes office on Monday.' }));
    expect(await act(recordNotified, id, 9, sent())).toBe('done');
    expect(await act(closeBreach, id, 10, { note: '' })).toBe('authority-open');
    const letter =
      'A list with your name went to somebody who should not have it. They deleted it.';
    const deciding = { step: 'persons-decided', id, seen: '10', isTold: 'yes', exception: '' };
    const decide = (parts: object) => pressBreach(desk, desk.people.mia, { ...deciding, ...parts });
    expect(await code(decide(plain))).toBe('letter-missing');
    expect(await code(decide({ ...plain, letter, consequences: '' }))).toBe('consequences-missing');
    expect(await code(decide({ ...plain, letter, measures: '' }))).toBe('measures-missing');
    expect(await code(decide({ ...plain, letter }))).toBe('contact-missing');
    await withContact(desk);
    expect((await view(number)).missing).toEqual([]);
    valueOf(await decide({ ...plain, letter }));
    const told = {
      sentAt: minute(),
      channel: 'email',
      others: '39',
      proof: 'Log of the mail server.',
    };
    expect(await act(recordPersonsTold, id, 11, { ...told, channel: 'public' })).toBe(
      'channel-unfit',
    );
    expect(await act(recordPersonsTold, id, 11, told)).toBe('done');
    valueOf(await sign(id, 12));
    expect(await act(recordNotified, id, 13, sent())).toBe('done');
    expect(await act(closeBreach, id, 14, { note: 'All is said and done.' })).toBe('done');
    const { standing } = await view(number);
    expect(standing.listed).toBe(1);
    expect(standing.phases.map(({ phase, sent: out }) => [phase, out?.reference])).toEqual([
      [1, 'DSB-2026/117'],
      [2, 'DSB-2026/117'],
      [3, 'DSB-2026/117'],
    ]);
    const texts = valueOf(await readBreachTextsOf(dora(), { id }, desk.context));
    const documents = texts.filter(({ field }) => field === 'document');
    expect(documents[2]?.text).toContain('Dora Weiss\nprivacy@custody.example');
    expect(texts.find(({ seq, field }) => seq === 11 && field === 'contact')?.text).toBe(
      'Dora Weiss\nprivacy@custody.example, +352 27 00 00',
    );
    const document = documents[1]?.text ?? '';
    expect(document).toContain('Approximate number of persons: 40 to 60');
    expect(document).toContain('Part 1 was sent');
    expect(document).toContain('The officer takes office on Monday.');
    expect(valueOf(await listConcerned(desk.people.mia.actor, { id }, desk.context))).toEqual({
      persons: [{ id: desk.subject, isTold: true }],
      count: 1,
    });
    expect(await code(listConcerned(desk.people.ida.actor, { id }, desk.context))).toBe(
      'not-allowed',
    );
  });

  it('offers its texts to exactly those who may open them', async () => {
    const { id, number } = await reported(desk);
    for (const { actor } of Object.values(desk.people)) {
      const seen = await viewBreach(actor, number, desk.context);
      if (!seen.ok) continue;
      const opened = await readBreachTextsOf(actor, { id }, desk.context);
      expect([actor.personId, opened.ok]).toEqual([actor.personId, seen.value.can.read]);
    }
  });

  it('is closed without notification once two people decided that no risk is likely', async () => {
    const { id, number } = await confirmed(desk);
    valueOf(await assessed(desk, id, 2));
    const measures = 'It was got back unopened the same day.';
    expect(await act(containBreach, id, 3, { containedAt: minute(), measures })).toBe('done');
    expect(await act(closeBreach, id, 4, { note: '' })).toBe('authority-open');
    const { mia, ada, dora: officer } = desk.people;
    const proposing = { id, seen: '4', step: 'clearance-proposed', reasons };
    expect(await code(pressBreach(desk, officer, proposing))).toBe('not-allowed');
    valueOf(await pressBreach(desk, mia, proposing));
    const approving = { id, seen: '5', step: 'clearance-approved' };
    expect(await code(pressBreach(desk, mia, approving))).toBe('same-person');
    valueOf(await pressBreach(desk, ada, approving));
    expect((await view(number)).clock.state).toBe('none');
    // Facts, effects and remedies of every breach are documented, of this one as well.
    expect(await act(closeBreach, id, 6, { note: '' })).toBe('undescribed');
    await expect(putClosed(id, 7)).rejects.toThrow(/documented/);
    await described(desk, id, 6);
    expect(await act(closeBreach, id, 7, { note: '' })).toBe('done');
    expect(await act(reopenBreach, id, 8, { reasons })).toBe('done');
    // Another assessment takes away what was decided on the earlier one.
    valueOf(await assessed(desk, id, 9, severe));
    expect((await view(number)).clock.state).toBe('running');
    expect(await act(closeBreach, id, 10, { note: '' })).toBe('authority-open');
  });

  it('a proposal that is sent back can be made again, and none is made at a likely risk', async () => {
    const { id } = await confirmed(desk);
    valueOf(await assessed(desk, id, 2, severe));
    const { mia, ada } = desk.people;
    const proposing = (seen: number) =>
      pressBreach(desk, mia, { id, seen: `${seen}`, step: 'clearance-proposed', reasons });
    expect(await code(proposing(3))).toBe('risk-likely');
    expect(await code(assessed(desk, id, 3, { ...severe, risk: 'unlikely' }))).toBe(
      'reasons-missing',
    );
    valueOf(await assessed(desk, id, 3, { ...severe, risk: 'unlikely', reasons }));
    valueOf(await proposing(4));
    expect(await code(proposing(5))).toBe('proposed');
    valueOf(await returnClearance(ada.actor, { id, seen: '5', reasons }, desk.context));
    valueOf(await proposing(6));
  });

  it('a high risk that was decided to be lower is closed only once somebody who decides says whether persons are told', async () => {
    const { id } = await confirmed(desk);
    valueOf(await assessed(desk, id, 2, { ...severe, risk: 'unlikely', reasons }));
    const measures = 'The account was closed and the list deleted.';
    expect(await act(containBreach, id, 3, { containedAt: minute(), measures })).toBe('done');
    const { mia, ada } = desk.people;
    valueOf(await pressBreach(desk, mia, { id, seen: '4', step: 'clearance-proposed', reasons }));
    valueOf(await pressBreach(desk, ada, { id, seen: '5', step: 'clearance-approved' }));
    expect(await act(closeBreach, id, 6, { note: '' })).toBe('persons-open');
    await expect(putClosed(id, 7)).rejects.toThrow(/persons are told first/);
    const deciding = {
      id,
      seen: '6',
      step: 'persons-decided',
      isTold: 'no',
      exception: '',
      reasons,
    };
    valueOf(await pressBreach(desk, mia, deciding));
    await described(desk, id, 7);
    expect(await act(closeBreach, id, 8, { note: '' })).toBe('done');
  });

  it('a high risk or a decision to tell persons is undone by no later assessment alone', async () => {
    const { id } = await confirmed(desk);
    await withContact(desk);
    valueOf(await assessed(desk, id, 2, severe));
    const measures = 'The account was closed and the list deleted.';
    expect(await act(containBreach, id, 3, { containedAt: minute(), measures })).toBe('done');
    const { mia, ada } = desk.people;
    const deciding = (seen: number, more: object) =>
      pressBreach(desk, mia, {
        id,
        seen: `${seen}`,
        step: 'persons-decided',
        exception: '',
        ...more,
      });
    const letter = 'A list with your name went to somebody who should not have it.';
    valueOf(await deciding(4, { isTold: 'yes', letter, ...plain }));
    valueOf(await assessed(desk, id, 5));
    valueOf(await pressBreach(desk, mia, { id, seen: '6', step: 'clearance-proposed', reasons }));
    valueOf(await pressBreach(desk, ada, { id, seen: '7', step: 'clearance-approved' }));
    expect(await act(closeBreach, id, 8, { note: '' })).toBe('persons-open');
    await expect(putClosed(id, 9)).rejects.toThrow(/persons are told first/);
    valueOf(await deciding(8, { isTold: 'no', reasons }));
    await described(desk, id, 9);
    expect(await act(closeBreach, id, 10, { note: '' })).toBe('done');
  });

  it('is none only once somebody who decides says so with a key; it stays in the register, and can come back', async () => {
    const { id, number } = await reported(desk);
    const { mia, dora: officer } = desk.people;
    const deciding = (seen: number) => ({ id, seen: `${seen}`, step: 'dismissal-approved' });
    expect(await code(pressBreach(desk, mia, deciding(1)))).toBe('nothing-proposed');
    expect(await act(proposeDismissal, id, 1, { reasons })).toBe('done');
    expect((await view(number)).standing.state).toBe('suspected');
    expect(await code(pressBreach(desk, officer, deciding(2)))).toBe('not-allowed');
    valueOf(await pressBreach(desk, mia, deciding(2)));
    expect((await view(number)).clock).toMatchObject({ state: 'none', awareAt: null });
    expect(await act(confirmBreach, id, 3, { awareAt: minute(), reasons })).toBe('not-now');
    expect(await act(reopenBreach, id, 3, { reasons })).toBe('done');
    expect((await view(number)).standing.state).toBe('suspected');
    // What was proposed before it came back is decided by nobody.
    expect(await code(pressBreach(desk, mia, deciding(4)))).toBe('nothing-proposed');
  });

  it('awareness only moves to an earlier time, so that nobody gains time', async () => {
    const { id, number } = await aware(10);
    expect(await act(moveAwareness, id, 2, { awareAt: minute(5), reasons })).toBe('not-earlier');
    expect(await act(moveAwareness, id, 2, { awareAt: minute(30), reasons })).toBe('too-early');
    const before = (await view(number)).clock.dueAt ?? '';
    expect(await act(moveAwareness, id, 2, { awareAt: minute(10.5), reasons })).toBe('done');
    expect(Date.parse((await view(number)).clock.dueAt ?? '')).toBeLessThan(Date.parse(before));
  });

  it('who knows an older state of it decides nothing', async () => {
    const { id } = await confirmed(desk);
    expect(await act(noteBreach, id, 1, { note: 'A word.' })).toBe('breach-moved');
    const between = () => act(noteBreach, id, 2, { note: 'A word in between.' });
    const step = { id, seen: '2', step: 'notification-signed', later: 'Later, as we count.' };
    expect(await code(pressBreach(desk, desk.people.mia, step, between))).toBe('breach-moved');
  });
});

describe('the 72 hours', () => {
  it('are warned of once at each mark, and the authority is told late only with reasons', async () => {
    const over = await aware(80);
    const near = await aware(50);
    const fresh = await aware(2);
    const watch = () => new BreachWarnings({ db: desk.worker, clock: desk.context.clock }).look();
    await watch();
    await watch();
    const warned = async ({ number }: { number: string }) => [
      ...(await view(number)).standing.warned,
    ];
    expect(await warned(over)).toEqual([72]);
    expect(await warned(near)).toEqual([48]);
    expect(await warned(fresh)).toEqual([]);
    const list = valueOf(await listBreaches(dora(), {}, desk.context));
    expect(list.overdue).toBe(1);
    expect(list.rows[0]?.number).toBe(over.number);
    // A warning comes by time alone: who saw the breach before it may go on.
    const later = 'We are still counting.';
    expect(await code(sign(over.id, 2, { later }))).toBe('delay-missing');
    valueOf(await sign(over.id, 2, { later, delay: 'The mail was found on Monday only.' }));
    expect(await act(recordNotified, over.id, 4, sent())).toBe('done');
    expect((await view(over.number)).clock.state).toBe('late');
  });

  it('that end between signing and sending need reasons at the sending', async () => {
    const { id } = await aware(71.9);
    valueOf(await sign(id, 2, { later: 'We are still counting.' }));
    await desk.owner.$executeRaw`alter table privacy_breach_standing disable trigger all`;
    await desk.owner
      .$executeRaw`update privacy_breach_standing set due_at = due_at - interval '1 hour'
      where breach_id = ${id}::uuid`;
    await desk.owner
      .$executeRaw`alter table privacy_breach_standing enable always trigger never_removed`;
    const asked = sent({ sentAt: minute() });
    await expect(recordNotified(dora(), { id, seen: '3', ...asked }, desk.context)).rejects.toThrow(
      /late notification says why/,
    );
    expect(await act(recordNotified, id, 3, { ...asked, delay: 'The portal was down.' })).toBe(
      'done',
    );
  });
});

describe('openings', () => {
  it('a notice of a processor names one that is on record, and when they told us', async () => {
    const { actor } = desk.people.ben;
    const open = (more: object) =>
      code(openBreach(actor, { ...opening(desk), ...more }, desk.context));
    expect(await open({ source: 'processor' })).toBe('processor-missing');
    expect(await open({ source: 'processor', processor: 'PC-2026-000009' })).toBe('told-missing');
    expect(await open({ source: 'processor', processor: 'PC-2026-000009', toldAt: minute() })).toBe(
      'processor-unknown',
    );
    expect(await open({ incident: 'INC-2026-999999' })).toBe('incident-unknown');
    expect(await code(openBreach(desk.people.ida.actor, opening(desk), desk.context))).toBe(
      'not-allowed',
    );
  });
});
