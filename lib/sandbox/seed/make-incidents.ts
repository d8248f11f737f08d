/** Incidents at every stage: new, triaged, major with its clocks running, closed, dropped, and a cyber threat. */
import { openTexts } from '#lib/audit/sealed-text.ts';
import { addEvidence } from '#lib/incidents/desk/add-evidence.ts';
import {
  acknowledgeIncident,
  assignIncident,
  closeIncident,
  dropIncident,
  noteIncident,
  triageIncident,
} from '#lib/incidents/desk/move-incident.ts';
import { reportIncident } from '#lib/incidents/desk/report-incident.ts';
import { reviewIncident } from '#lib/incidents/desk/review-incident.ts';
import { addTask, finishTask } from '#lib/incidents/desk/tasks.ts';
import { classifyIncidentFile } from '#lib/incidents/worksheet/classify-incident.ts';
import { recordFacts } from '#lib/incidents/worksheet/record-facts.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Result } from '#lib/platform/result.ts';
import type { Team } from '../colleagues/team.ts';
import { ago, dayAgo, done } from './sample-times.ts';
import type { LoggedContext } from './seed-context.ts';

type Sample = {
  sort?: 'incident' | 'threat';
  /** Hours ago at which it was noticed. */
  noticed: number;
  title: string;
  description: string;
  make: (file: SampleFile) => Promise<void>;
};

type UseCase = (actor: Actor, input: unknown, context: Context) => Promise<Result<{ seq: number }>>;
type Fact = string | number | boolean | string[];

/** One incident and the colleagues who work on it, each step through its use case. */
class SampleFile {
  readonly #id: string;
  readonly #team: Team;
  readonly context: LoggedContext;

  constructor(id: string, team: Team, context: LoggedContext) {
    this.#id = id;
    this.#team = team;
    this.context = context;
  }

  /** @returns the number of the newest event. */
  get seen(): Promise<number> {
    return this.context.db.incidentEvent.count({ where: { incidentId: this.#id } });
  }

  async person(handle: string): Promise<string> {
    return (await this.#team.signIn(handle)).actor.personId;
  }

  /** A step that looks at nothing that came before. @returns the number of its event. */
  async act(handle: string, step: UseCase, input: object): Promise<number> {
    const { actor } = await this.#team.signIn(handle);
    const { seq } = done(await step(actor, { id: this.#id, ...input }, this.context));
    return seq;
  }

  /** A step on the incident as it stands. */
  async decide(handle: string, step: UseCase, input: object = {}): Promise<void> {
    await this.act(handle, step, { seen: String(await this.seen), ...input });
  }

  /** Enters facts; those that are named as guesses are marked as such. */
  async facts(
    handle: string,
    facts: Readonly<Record<string, Fact>>,
    guesses: readonly string[] = [],
  ): Promise<void> {
    await this.act(handle, recordFacts, {
      seen: await this.seen,
      facts: Object.fromEntries(
        Object.entries(facts).map(([name, value]) => [
          name,
          { value, estimated: guesses.includes(name), evidence: null },
        ]),
      ),
    });
  }
}

const samples: readonly Sample[] = [
  {
    noticed: 74,
    title: 'Withdrawals of all clients waited while the chain node was down',
    description:
      'The node of the provider answered nothing from the early morning on. Withdrawals were raised and approved, and none left. Nothing was lost; everything went out when the second node took over.',
    make: async (file) => {
      await file.decide('marek', acknowledgeIncident);
      await file.decide('marek', triageIncident, {
        severity: '2',
        category: 'third-party',
        reasons: 'A service for clients stands still; no assets are at risk.',
      });
      await file.decide('marek', assignIncident, { to: await file.person('marek') });
      await file.act('ines', noteIncident, {
        note: 'Switched to the second node by hand. The first withdrawals are confirmed.',
      });
      await file.act('ines', addEvidence, {
        name: 'node-status.log',
        bytes: new TextEncoder().encode(
          'getHealth: timed out after 5000 ms\ngetHealth: timed out after 5000 ms\n',
        ),
      });
      await file.facts(
        'marek',
        {
          cs_a_cif_systems: true,
          clients_affected: 7,
          clients_total_service: 60,
          duration: '01:04:00',
          downtime: '00:03:10',
          downtime_on_cif_support: true,
          member_states_impacted: ['DE', 'AT'],
        },
        ['clients_affected'],
      );
      await file.decide('lena', classifyIncidentFile, {
        verdict: 'major',
        reasons: 'It lasted longer than a day, and clients in two Member States waited.',
      });
      await file.act('marek', addTask, {
        purpose: 'task',
        task: 'Get the report of the outage from the provider',
        assignee: await file.person('ines'),
        dueOn: dayAgo(-3, file.context),
      });
    },
  },
  {
    noticed: 30,
    title: 'A statement of the bank came in twice under two numbers',
    description:
      'The import refused the second file, because its entries were on record. The bank confirmed that it had sent the same day twice.',
    make: async (file) => {
      await file.decide('lena', triageIncident, {
        severity: '4',
        category: 'process-failure',
        reasons: 'The import refused it; the books are right.',
      });
      const task = await file.act('lena', addTask, {
        purpose: 'task',
        task: 'Ask the bank why it sent the day twice',
        assignee: await file.person('lena'),
        dueOn: dayAgo(0, file.context),
      });
      await file.facts('lena', { cs_a_cif_systems: false, clients_affected: 0 });
      await file.act('lena', finishTask, { task: String(task) });
      await file.decide('lena', classifyIncidentFile, {
        verdict: 'not-major',
        reasons: 'No service was affected and no client waited.',
      });
      await file.decide('lena', reviewIncident, {
        cause: 'external_event_third-party_failures',
        rootCause: 'The bank ran its export by hand after a failed night and took the wrong day.',
        reaction: 'The import refused the file at once; it was seen in the morning.',
        forensics: 'None was needed: both files are on record.',
        escalation: 'It stayed at the desk, which was right.',
        communication: 'The bank was called and wrote back the same day.',
        lessons: 'The import’s refusal works. The bank now numbers its exports.',
      });
      await file.decide('lena', closeIncident, { reasons: 'The bank answered; nothing is left.' });
    },
  },
  {
    noticed: 22,
    title: 'The clock of a party ran four seconds behind',
    description: 'The party’s page showed a time that was behind. Its provider mended it.',
    make: async (file) => {
      await file.decide('ines', dropIncident, {
        as: 'no-incident',
        of: '',
        reasons: 'It was a planned restart; the clock was right again before the party signed.',
      });
    },
  },
  {
    sort: 'threat',
    noticed: 9,
    title: 'Messages that look like ours ask clients for their passwords',
    description:
      'Two clients forwarded messages that carry our name and lead to a page at another address. Nobody is known to have entered anything.',
    make: async (file) => {
      await file.decide('lena', triageIncident, {
        severity: '3',
        category: 'cyber-attack',
        reasons: 'Nothing happened yet; clients may be led astray.',
      });
      await file.decide('lena', assignIncident, { to: await file.person('lena') });
      await file.act('lena', addTask, {
        purpose: 'task',
        task: 'Have the page taken down',
        assignee: await file.person('jonas'),
        dueOn: dayAgo(-1, file.context),
      });
    },
  },
  {
    noticed: 2,
    title: 'Prices of one venue are missing since noon',
    description:
      'The median is made of two venues only. Withdrawals are valued, but one more venue must not fail.',
    make: async (file) => {
      await file.decide('marek', triageIncident, {
        severity: '3',
        category: 'third-party',
        reasons: 'Valuation works with two venues; the third does not answer.',
      });
      await file.decide('marek', assignIncident, { to: await file.person('ines') });
      await file.facts('ines', { cs_a_cif_systems: true, clients_affected: 0 }, [
        'clients_affected',
      ]);
    },
  },
  {
    noticed: 0.5,
    title: 'A colleague’s security key is not recognised any more',
    description:
      'Signing in with the first key fails since this morning; the second key works. Nobody else is affected so far.',
    make: () => Promise.resolve(),
  },
];

/** Each is made once: what was cut off halfway stays as it is, like any incident that waits. */
export async function makeIncidents(team: Team, context: LoggedContext): Promise<void> {
  const there = new Set(
    await openTexts(
      'incident_text',
      await context.db.incidentText.findMany({ where: { field: 'title' } }),
    ),
  );
  for (const sample of samples) {
    const { sort = 'incident', noticed, title, description, make } = sample;
    if (there.has(title)) continue;
    const { actor } = await team.signIn('lena');
    const report = { sort, detectedAt: ago(noticed, context), title, description };
    const { id } = done(await reportIncident(actor, report, context));
    await make(new SampleFile(id, team, context));
  }
  context.log('incidents at every stage are on record');
}
