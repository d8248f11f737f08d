/** Requests of sample people about their data, at every stage, each step through its use case. */
import type { Actor } from '#lib/identity/actor.ts';
import { searchHash } from '#lib/persons/search-hashes.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Result } from '#lib/platform/result.ts';
import { collectSystem } from '#lib/privacy/collect/collect-system.ts';
import { systemCodes, type SystemCode } from '#lib/privacy/collect/systems.ts';
import { closeRequest, fulfilRequest } from '#lib/privacy/requests/carry-out.ts';
import {
  askPerson,
  giveOpinion,
  identifyPerson,
  recordAnswer,
} from '#lib/privacy/requests/move-request.ts';
import type { EventKind } from '#lib/privacy/requests/life.ts';
import type { RequestEvent } from '#lib/privacy/requests/event.ts';
import { loadRequest } from '#lib/privacy/requests/load-request.ts';
import { reviewRequest } from '#lib/privacy/requests/review-request.ts';
import { openRequest } from '#lib/privacy/requests/open-request.ts';
import { prepareDecision } from '#lib/privacy/requests/prepare-decision.ts';
import { submitDecision } from '#lib/privacy/requests/submit-decision.ts';
import { viewRequest } from '#lib/privacy/requests/view-request.ts';
import { submitForm } from '#lib/privacy/requests/submit-form.ts';
import type { Team } from '../colleagues/team.ts';
import { buildCopy } from './build-copy.ts';
import { ago, done } from './sample-times.ts';
import type { LoggedContext } from './seed-context.ts';

type Step = {
  /** The event that it writes; of a system that was collected, its kind with the system. */
  mark: string;
  take: (file: SampleRequest) => Promise<void>;
};
type UseCase = (actor: Actor, input: unknown, context: Context) => Promise<Result<{ seq: number }>>;

type Sample = {
  right: string;
  /** Whose data it is about, by their client. */
  client: string;
  name: string;
  email: string;
  message: string;
  /** Days ago at which it was received; null for one that comes by the public form, now. */
  received: number | null;
  channel?: string;
  /** What was done since: each writes one event. */
  steps: readonly Step[];
};

const dpo = 'vera';
const manager = 'sofia';
const second = 'marek';

/** One request and the colleagues who work on it. */
class SampleRequest {
  readonly #id: string;
  readonly #team: Team;
  readonly #sample: Sample;
  readonly context: LoggedContext;

  constructor(id: string, sample: Sample, team: Team, context: LoggedContext) {
    this.#id = id;
    this.#sample = sample;
    this.#team = team;
    this.context = context;
  }

  get seen(): Promise<number> {
    return this.context.db.privacyRequestEvent.count({ where: { requestId: this.#id } });
  }

  /** What follows the last of its steps that is on record: a system that is new since stands before that, and waits for nobody. */
  async left(): Promise<readonly Step[]> {
    const file = await loadRequest(this.context.db, this.#id);
    const marks = new Set(file?.events.map(markOf));
    const { steps } = this.#sample;
    return steps.slice(steps.findLastIndex(({ mark }) => marks.has(mark)) + 1);
  }

  async act(handle: string, step: UseCase, input: object = {}): Promise<void> {
    const { actor } = await this.#team.signIn(handle);
    const seen = String(await this.seen);
    done(await step(actor, { id: this.#id, seen, ...input }, this.context));
  }

  async press(handle: string, input: object): Promise<void> {
    const { actor, entry } = await this.#team.signIn(handle);
    const asked = { id: this.#id, seen: String(await this.seen), ...input };
    const { nonce, options } = done(await prepareDecision(actor, asked, this.context));
    const { origin } = this.context.settings;
    const assertion = entry.authenticator.assert({ challenge: options.challenge, origin });
    done(await submitDecision(actor, { nonce, assertion }, this.context));
  }

  /** What the review confirms, so that a copy tells of the client: everybody of the sample was tied just now. */
  async ties(): Promise<string[]> {
    const { actor } = await this.#team.signIn(dpo);
    return done(await viewRequest(actor, this.#id, this.context)).ties.map(({ key }) => key);
  }

  /** Builds the copy that is asked for: no event, so what was cut off is built again with its proposal. */
  async copy(handle: string): Promise<{ digest: string; grounds: string[] }> {
    const { actor } = await this.#team.signIn(handle);
    return buildCopy(actor, this.#id, this.context);
  }

  /** SHA-256 of the copy that was decided on. */
  async decidedCopy(): Promise<string> {
    const file = await loadRequest(this.context.db, this.#id);
    return file?.standing.proposal?.package ?? '';
  }

  /** Whose data it is about. @throws where the client has nobody of that part on record. */
  async person(): Promise<string> {
    const { client } = this.#sample;
    const tie = await this.context.db.personTie.findFirst({
      where: { clientId: client },
      orderBy: [{ since: 'asc' }, { personId: 'asc' }],
      select: { personId: true },
    });
    if (!tie) throw new Error(`Nobody of ${client} is on record.`);
    return tie.personId;
  }
}

const markOf = (event: RequestEvent): string =>
  event.kind === 'collected' ? `collected ${event.facts.system}` : event.kind;
const step = (mark: EventKind, take: Step['take']): Step => ({ mark, take });

const identified = step('identified', async (file) =>
  file.act(dpo, identifyPerson, {
    person: await file.person(),
    ground: 'called-back',
    proof: 'Called back on the number on record; the date of birth was right.',
  }),
);
const collecting = (system: string): Step => ({
  mark: `collected ${system}`,
  take: (file) => file.act(dpo, collectSystem, { system }),
});
const reviewed = step('reviewed', async (file) =>
  file.act(dpo, reviewRequest, {
    blockers: [],
    ties: await file.ties(),
    reasons: 'Nothing stands against handing out a copy; nobody else is named in it.',
  }),
);
const advised = step('opinion-given', (file) =>
  file.act(dpo, giveOpinion, {
    opinion: 'for',
    text: 'The person has the right to all of it, and nothing of others is in it.',
  }),
);
const proposed = step('proposed', async (file) => {
  const { digest, grounds } = await file.copy(dpo);
  await file.press(manager, {
    step: 'proposed',
    decision: grounds.length === 0 ? 'grant' : 'grant-in-part',
    grounds,
    earlier: [],
    package: digest,
    reasons: 'Nothing stands against it but what the copy says, as the officer advises.',
  });
});
const approved = step('approved', (file) => file.press(second, { step: 'approved' }));
const answered = step('fulfilled', async (file) =>
  file.act(dpo, fulfilRequest, {
    channel: 'portal',
    sentAt: ago(0, file.context),
    digest: await file.decidedCopy(),
    namesRemedies: 'yes',
    proof: 'Receipt of the portal of clients.',
  }),
);
const closed = step('closed', (file) => file.act(dpo, closeRequest));
const asked = step('asked', (file) =>
  file.act(dpo, askPerson, {
    about: 'scope',
    sentAt: ago(14.5 * 24, file.context),
    question: 'Do you ask about all of your time with us, or about a certain matter?',
  }),
);
const told = step('answered', (file) =>
  file.act(dpo, recordAnswer, {
    answeredAt: ago(9 * 24, file.context),
    answer: 'About the last two years.',
  }),
);

const samplesOf = (collected: readonly Step[]): readonly Sample[] => [
  {
    right: 'access',
    client: 'C-20977',
    name: 'Sam Keller',
    email: 's.keller@example.org',
    message: 'Please tell me what you hold about me, and since when.',
    received: 21,
    channel: 'post',
    steps: [identified, ...collected, reviewed, advised, proposed, approved, answered, closed],
  },
  {
    right: 'portability',
    client: 'C-20418',
    name: 'Änne Müller',
    email: 'aenne.mueller@example.org',
    message: 'I want my data in a form that another custodian can read.',
    received: 12,
    channel: 'email',
    steps: [identified, ...collected, reviewed, advised, proposed],
  },
  {
    right: 'rectification',
    client: 'C-11903',
    name: 'Lukáš Dvořák',
    email: 'lukas.dvorak@example.com',
    message: 'My new passport has another number. Please correct it everywhere.',
    received: 47,
    channel: 'phone',
    steps: [identified, ...collected, reviewed],
  },
  {
    right: 'access',
    client: 'C-30512',
    name: 'Priya Raman',
    email: 'priya.raman@example.com',
    message: 'Which data about me did you give to others?',
    received: 15,
    channel: 'email',
    steps: [asked, told, identified, ...collected.slice(0, 4)],
  },
  {
    right: 'objection',
    client: 'C-18822',
    name: 'Sam Keller',
    email: 'sam.keller@example.net',
    message: 'Stop writing to me about your services.',
    received: null,
    steps: [],
  },
];

/** Each is made once, known again by its sender's address; a start that was cut off goes on where it stopped. */
export async function makeRequests(
  team: Team,
  context: LoggedContext,
  /** What is searched; a sandbox of an earlier version was made when it was less. */
  systems: readonly SystemCode[] = systemCodes,
): Promise<void> {
  let made = 0;
  for (const sample of samplesOf(systems.map(collecting))) {
    const known = await context.db.personTie.count({ where: { clientId: sample.client } });
    if (known === 0) continue;
    const before = await findRequest(sample, context);
    const id = before ?? (await open(sample, team, context));
    const file = new SampleRequest(id, sample, team, context);
    for (const { take } of await file.left()) await take(file);
    if (before === null) made += 1;
  }
  if (made > 0) context.log(`${made} requests of people about their data are on record`);
}

async function findRequest({ email }: Sample, { db }: LoggedContext): Promise<string | null> {
  const hash = await searchHash('email', email);
  const row =
    hash &&
    (await db.privacyRequestSearch.findFirst({
      where: { kind: 'email', hash },
      select: { requestId: true },
    }));
  return row?.requestId ?? null;
}

/** @returns the id of what was opened. */
async function open(sample: Sample, team: Team, context: LoggedContext): Promise<string> {
  const { right, name, email, message, received, channel } = sample;
  if (received === null) {
    const { number } = done(await submitForm({ right, name, email, message }, context));
    const row = await context.db.privacyRequest.findUniqueOrThrow({
      where: { number },
      select: { id: true },
    });
    return row.id;
  }
  const { actor } = await team.signIn(dpo);
  const receipt = {
    right,
    channel,
    receivedAt: ago(received * 24, context),
    reasons: 'By the stamp of the office that received it.',
    forAnother: 'no',
    isElectronic: channel === 'email' ? 'yes' : 'no',
  };
  return done(await openRequest(actor, { ...receipt, name, email, message }, context)).id;
}
