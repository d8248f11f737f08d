import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/identity/actor.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { addEvidence } from '../desk/add-evidence.ts';
import { triageIncident } from '../desk/move-incident.ts';
import { reportIncident } from '../desk/report-incident.ts';
import {
  fieldOf,
  openIncidentDesk,
  reported,
  type IncidentDesk,
} from '../testing/incident-desk.ts';
import { classifyIncidentFile } from './classify-incident.ts';
import { recordFacts } from './record-facts.ts';
import { viewWorksheet } from './view-worksheet.ts';

let desk: IncidentDesk;
beforeAll(async () => {
  desk = await openIncidentDesk();
});
afterAll(() => desk.close());

const sheet = async (id: string) =>
  valueOf(await viewWorksheet(desk.people.ida.actor, { id }, desk.context));
const entry = (value: unknown, estimated = false, evidence: number | null = null) => ({
  value,
  estimated,
  evidence,
});
const enter = async (id: string, facts: Record<string, unknown>, by = desk.people.ada) =>
  recordFacts(by.actor, { id, seen: (await sheet(id)).seq, facts }, desk.context);
const sentenceOf = async (acting: Promise<unknown>): Promise<string> => {
  const result = (await acting) as { ok: boolean; refusal?: { sentence: string } };
  return result.ok ? 'done' : (result.refusal?.sentence ?? '?');
};
const classify = async (id: string, verdict: string, by = desk.people.mia) =>
  classifyIncidentFile(
    by.actor,
    { id, seen: String((await sheet(id)).seq), verdict, reasons: 'By the facts of the worksheet.' },
    desk.context,
  );
async function triaged(): Promise<string> {
  const { id } = await reported(desk);
  valueOf(
    await triageIncident(
      desk.people.ben.actor,
      { id, seen: '1', severity: '2', category: 'other', reasons: 'Clients cannot withdraw.' },
      desk.context,
    ),
  );
  return id;
}
const majorFacts = {
  cs_b_authorised_services: entry(true),
  clients_affected: entry('9', true),
  clients_total_service: entry('80'),
  gross_costs_eur: entry('100000.01', true),
};

describe('the worksheet', () => {
  it('keeps who entered a fact and from what, and assesses anew with every change', async () => {
    const id = await triaged();
    const bytes = new TextEncoder().encode('9 of 80 clients\n');
    const { seq } = valueOf(
      await addEvidence(desk.people.ada.actor, { id, name: 'clients.txt', bytes }, desk.context),
    );
    valueOf(await enter(id, { ...majorFacts, clients_affected: entry('8', false, seq) }));
    valueOf(await enter(id, { clients_affected: entry('9', true) }, desk.people.ben));
    const view = await sheet(id);
    expect(view.facts['clients_affected']).toMatchObject({
      value: '9',
      estimated: true,
      byName: 'Ben Okafor',
    });
    expect(view.history.map(({ kind, verdict }) => [kind, verdict])).toEqual([
      ['assessed', 'major'],
      ['assessed', 'not-major'],
    ]);
    expect(view.assessment).toMatchObject({ major: true, route: '8(1)(b)' });
  });

  it('refuses what cannot be, by its name and with the reason, and keeps nothing of it', async () => {
    const id = await triaged();
    const before = (await sheet(id)).seq;
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const refused = [
      { clients_affected: entry('-1') },
      { clients_affected: entry('90'), clients_total_service: entry('80') },
      { duration: entry('00:24:00') },
      { member_states_impacted: entry(['XX']) },
      { occurred_at: entry('2026-02-30T10:00:00Z') },
      { occurred_at: entry('2026-02-10T10:00:00') },
      { recovered_at: entry(later) },
      { occurred_at: entry('2026-11-02T10:00:00Z'), recovered_at: entry('2026-11-01T10:00:00Z') },
      { root_cause: entry('bad luck') },
      { other_authorities: entry(['none', 'csirt']) },
      { invented: entry(true) },
      { clients_affected: entry('1', false, 1) },
      {},
    ];
    for (const facts of refused) {
      const sentence = await sentenceOf(enter(id, facts));
      expect([facts, sentence]).not.toEqual([facts, 'done']);
      expect(sentence).toMatch(/^[A-Z(“].*\.$/);
    }
    expect((await sheet(id)).seq).toBe(before);
    expect((await sheet(id)).facts).toEqual({});
  });

  it('takes what it was opened with as noticed while nobody entered another time, as the database does', async () => {
    const { ada } = desk.people;
    const noticed = new Date(desk.context.clock().getTime() - 4 * 3_600_000);
    const form = { sort: 'incident', detectedAt: fieldOf(noticed), title: 'The node is down' };
    const opened = { ...form, description: 'It does not answer any more.' };
    const { id } = valueOf(await reportIncident(ada.actor, opened, desk.context));
    const hours = (ago: number) =>
      new Date(desk.context.clock().getTime() - ago * 3_600_000).toISOString();
    expect(await sentenceOf(enter(id, { occurred_at: entry(hours(3)) }))).toMatch(
      /^When it began: it lies after .* UTC, when it was noticed/,
    );
    const both = { occurred_at: entry(hours(3)), detected_at: entry(hours(2)) };
    valueOf(await enter(id, both));
    expect(await sentenceOf(enter(id, { detected_at: entry(null) }))).toMatch(/^When it began: /);
    valueOf(await enter(id, { occurred_at: entry(hours(5)), detected_at: entry(null) }));
    const row = await desk.web.incidentStanding.findUniqueOrThrow({ where: { incidentId: id } });
    expect(row.detectedAt?.toISOString().slice(0, 16)).toBe(fieldOf(noticed));
  });

  it('says which answers contradict each other, and assesses them all the same', async () => {
    const id = await triaged();
    valueOf(
      await enter(id, { ...majorFacts, downtime: entry('00:03:00'), gross_costs_eur: entry('1') }),
    );
    const view = await sheet(id);
    expect(view.doubts.map(({ fields }) => fields)).toEqual([
      ['downtime', 'downtime_on_cif_support'],
    ]);
    expect(view.assessment).toMatchObject({ major: false });
  });

  it('is not filled by an auditor, nor over what somebody else entered meanwhile', async () => {
    const id = await triaged();
    const seen = (await sheet(id)).seq;
    const facts = { gross_costs_eur: entry('5') };
    const { ida, ada, ben } = desk.people;
    expect(await sentenceOf(enter(id, facts, ida))).toMatch(/^This is for/);
    valueOf(await recordFacts(ada.actor, { id, seen, facts }, desk.context));
    expect(await sentenceOf(recordFacts(ben.actor, { id, seen, facts }, desk.context))).toMatch(
      /in the meantime/,
    );
  });
});

describe('a decision', () => {
  it('starts the clock when it is made, and is never less careful than the facts', async () => {
    const id = await triaged();
    valueOf(await enter(id, majorFacts));
    expect(await sentenceOf(classify(id, 'not-major'))).toMatch(/By the facts as they stand/);
    expect(await sentenceOf(classify(id, 'major', desk.people.dora))).toMatch(/^This is for/);
    desk.context.passTime(60_000);
    valueOf(await classify(id, 'major'));
    const row = await desk.web.incidentStanding.findUniqueOrThrow({ where: { incidentId: id } });
    expect(row.class).toBe('major');
    expect(
      Math.abs((row.classifiedAt?.getTime() ?? 0) - desk.context.clock().getTime()),
    ).toBeLessThan(10_000);
  });

  it('may be more careful than the facts', async () => {
    const id = await triaged();
    valueOf(await classify(id, 'major'));
    expect((await sheet(id)).history[0]).toMatchObject({ kind: 'classified', verdict: 'major' });
  });

  it('that an incident never was major is for another person than who called it major', async () => {
    const id = await triaged();
    expect(await sentenceOf(classify(id, 'reclassified'))).toMatch(/Only what was classified/);
    valueOf(await classify(id, 'major'));
    expect(await sentenceOf(classify(id, 'not-major'))).toMatch(/another person/);
    expect(await sentenceOf(classify(id, 'reclassified'))).toMatch(/You called it major/);
    const mayReclassify = async ({ actor }: { actor: Actor }) =>
      valueOf(await viewWorksheet(actor, { id }, desk.context)).can.reclassify;
    expect(await mayReclassify(desk.people.mia)).toBe(false);
    expect(await mayReclassify(desk.people.ben)).toBe(true);
    valueOf(await classify(id, 'reclassified', desk.people.ben));
  });
});

describe('a cyber threat', () => {
  it('is significant when all three conditions of Article 10 are met', async () => {
    const { id } = valueOf(
      await reportIncident(
        desk.people.ada.actor,
        {
          sort: 'threat',
          detectedAt: fieldOf(desk.context.clock()),
          title: 'A library we use has a known hole',
          description: 'The maker tells of attacks on others through it.',
        },
        desk.context,
      ),
    );
    valueOf(
      await enter(id, {
        could_affect_critical_functions: entry(true),
        weaknesses_can_be_exploited: entry(true),
        actor_is_able_and_willing: entry(true),
        persists_or_has_struck: entry(true),
        probability_is_high: entry(true),
        could_affect_critical_services: entry(true),
      }),
    );
    expect((await sheet(id)).assessment).toMatchObject({ sort: 'threat', significant: true });
    expect(await sentenceOf(enter(id, { could_affect_others: entry('perhaps') }))).toMatch(
      /answered by yes or no/,
    );
  });
});
