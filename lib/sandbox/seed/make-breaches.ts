/** Breaches of personal data in the sample: one whose 72 hours run, one that nobody had to be notified of. */
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Result } from '#lib/platform/result.ts';
import {
  assessBreach,
  closeBreach,
  confirmBreach,
  containBreach,
  describeBreach,
} from '#lib/privacy/breaches/move-breach.ts';
import { openBreach } from '#lib/privacy/breaches/open-breach.ts';
import { prepareBreachStep } from '#lib/privacy/breaches/prepare-step.ts';
import { submitBreachStep } from '#lib/privacy/breaches/submit-step.ts';
import type { Team } from '../colleagues/team.ts';
import { ago, done } from './sample-times.ts';
import type { LoggedContext } from './seed-context.ts';

type UseCase = (actor: Actor, input: unknown, context: Context) => Promise<Result<{ seq: number }>>;
type Step = (breach: SampleBreach) => Promise<void>;

const dpo = 'vera';
const manager = 'sofia';
const second = 'marek';

/** One breach and the colleagues who work on it. */
class SampleBreach {
  readonly #id: string;
  readonly #team: Team;
  readonly context: LoggedContext;

  constructor(id: string, team: Team, context: LoggedContext) {
    this.#id = id;
    this.#team = team;
    this.context = context;
  }

  get #seen(): Promise<number> {
    return this.context.db.privacyBreachEvent.count({ where: { breachId: this.#id } });
  }

  /** Events that people wrote; warnings come by time alone. */
  get written(): Promise<number> {
    return this.context.db.privacyBreachEvent.count({
      where: { breachId: this.#id, NOT: { actor: 'system' } },
    });
  }

  async act(step: UseCase, input: object): Promise<void> {
    const { actor } = await this.#team.signIn(dpo);
    const seen = String(await this.#seen);
    done(await step(actor, { id: this.#id, seen, ...input }, this.context));
  }

  async press(handle: string, input: object): Promise<void> {
    const { actor, entry } = await this.#team.signIn(handle);
    const asked = { id: this.#id, seen: String(await this.#seen), ...input };
    const { nonce, options } = done(await prepareBreachStep(actor, asked, this.context));
    const { origin } = this.context.settings;
    const assertion = entry.authenticator.assert({ challenge: options.challenge, origin });
    done(await submitBreachStep(actor, { nonce, assertion }, this.context));
  }
}

const confirmed =
  (hours: number, reasons: string): Step =>
  (breach) =>
    breach.act(confirmBreach, { awareAt: ago(hours, breach.context), reasons });
const described =
  (facts: object): Step =>
  (breach) =>
    breach.act(describeBreach, { states: [], systems: '', ...facts });
const factors = {
  data: 'simple',
  recognition: 'maximum',
  disclosure: 'known',
  change: 'none',
  outage: 'none',
  crowd: 'few',
  isMalicious: 'no',
  isVulnerable: 'no',
  isUnintelligible: 'no',
  likelihood: 'remote',
  risk: '',
  reasons: '',
};
const assessed =
  (more: Partial<typeof factors>): Step =>
  (breach) =>
    breach.act(assessBreach, { ...factors, ...more });

type Sample = { noticed: number; description: string; steps: readonly Step[] };

const samples: readonly Sample[] = [
  {
    noticed: 5,
    description:
      'A statement of one client lay in the envelope of another one, who called at once.',
    steps: [
      confirmed(4, 'The recipient read out what the letter says.'),
      described({
        kinds: ['confidentiality'],
        groups: ['client'],
        categories: ['identity', 'contact'],
        persons: '1',
        records: '1',
        readability: 'readable',
        cause: 'human-error',
        nature: 'One statement was put into the wrong envelope.',
        consequences: 'The recipient knows a name and an address; no holdings were in it.',
        measures: 'The letter was fetched back; envelopes are now compared by a second person.',
      }),
      assessed({}),
      (breach) =>
        breach.act(containBreach, {
          containedAt: ago(2, breach.context),
          measures: 'The letter was fetched back; envelopes are now compared by a second person.',
        }),
      (breach) =>
        breach.press(manager, {
          step: 'clearance-proposed',
          reasons:
            'A client known to us gave it back the same day, and nothing but an address was in it.',
        }),
      (breach) => breach.press(second, { step: 'clearance-approved' }),
      (breach) => breach.act(closeBreach, { note: 'Both clients were thanked.' }),
    ],
  },
  {
    noticed: 29,
    description: 'An export of contacts for the yearly letter was sent to an unknown address.',
    steps: [
      confirmed(27, 'The log of the mail server shows that it was taken in by the other side.'),
      described({
        kinds: ['confidentiality'],
        groups: ['client', 'representative'],
        categories: ['identity', 'contact'],
        persons: '180-220',
        records: '220',
        readability: 'readable',
        cause: 'human-error',
        states: ['AT', 'DE', 'LU'],
        nature: 'A list of names, e-mail addresses and telephone numbers left by e-mail.',
        consequences: 'Persons may be written to or called by somebody who pretends to be us.',
        measures: '',
      }),
      assessed({
        crowd: 'hundreds',
        disclosure: 'unknown',
        likelihood: 'possible',
        data: 'behavioural',
      }),
    ],
  },
];

/** Each is made once, in this order; a start that was cut off goes on where it stopped. */
export async function makeBreaches(team: Team, context: LoggedContext): Promise<void> {
  const known = await context.db.privacyBreach.findMany({
    orderBy: [{ openedAt: 'asc' }, { number: 'asc' }],
    select: { id: true },
    take: samples.length,
  });
  for (const [index, sample] of samples.entries()) {
    const id = known[index]?.id ?? (await open(sample, team, context));
    const breach = new SampleBreach(id, team, context);
    for (const step of sample.steps.slice((await breach.written) - 1)) await step(breach);
  }
  if (known.length < samples.length)
    context.log(`${samples.length} breaches of personal data are on record`);
}

/** @returns the id of what was opened. */
async function open(
  { noticed, description }: Sample,
  team: Team,
  context: LoggedContext,
): Promise<string> {
  const { actor } = await team.signIn(second);
  const noticedAt = ago(noticed, context);
  return done(await openBreach(actor, { source: 'own', noticedAt, description }, context)).id;
}
