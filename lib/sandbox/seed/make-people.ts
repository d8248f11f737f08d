/** People behind the sample clients: invented, and two of them of one name. */
import { dayMs, dayOf } from '#lib/platform/days.ts';
import { openPerson } from '#lib/privacy/people/open-person.ts';
import { recordPerson } from '#lib/privacy/people/record-person.ts';
import { decideCorrection } from '#lib/privacy/rectification/decide-correction.ts';
import { proposeCorrection } from '#lib/privacy/rectification/propose-correction.ts';
import type { Team } from '../colleagues/team.ts';
import type { LoggedContext } from './seed-context.ts';

type SamplePerson = { client: string; role: string } & Readonly<Record<string, string>>;

const people: readonly SamplePerson[] = [
  {
    client: 'C-20418',
    role: 'client',
    'full-name': 'Änne Müller',
    'birth-date': '1980-02-29',
    'birth-place': 'Bremen',
    nationality: 'DE',
    residence: 'Schlachte 12\n28195 Bremen',
    'residence-country': 'DE',
    email: 'aenne.mueller@example.org',
    phone: '+49 421 5550117',
    'document-type': 'Identity card',
    'document-number': 'L01X00T47',
    'document-issuer': 'Stadt Bremen',
    'document-expiry': '2031-05-04',
    'tax-number': '86095742719',
    iban: 'DE02120300000000202051',
    occupation: 'Naval architect',
    'source-of-funds': 'Sale of a share in an engineering office, 2019',
    'political-exposure': 'no',
    'risk-class': 'Low',
    language: 'German',
    'marketing-consent': 'no',
  },
  {
    client: 'C-11903',
    role: 'representative',
    'full-name': 'Lukáš Dvořák',
    'birth-date': '1974-11-03',
    nationality: 'CZ',
    email: 'lukas.dvorak@example.com',
    phone: '+420 555 010 221',
    'document-type': 'Passport',
    'document-number': '99009054',
    language: 'English',
  },
  {
    client: 'C-11903',
    role: 'beneficial-owner',
    'full-name': 'Ilse van der Meer',
    'birth-date': '1969-07-21',
    nationality: 'NL',
    residence: 'Keizersgracht 555\n1017 DR Amsterdam',
    'residence-country': 'NL',
    'document-type': 'Passport',
    'document-number': 'SPECI2014',
    'political-exposure': 'no',
    'risk-class': 'Normal',
  },
  {
    client: 'C-18822',
    role: 'client',
    'full-name': 'Sam Keller',
    'birth-date': '1991-01-15',
    nationality: 'AT',
    email: 'sam.keller@example.net',
    'document-number': 'U1234567',
    language: 'German',
  },
  {
    client: 'C-20977',
    role: 'client',
    'full-name': 'Sam Keller',
    'birth-date': '1958-09-30',
    nationality: 'CH',
    email: 's.keller@example.org',
    phone: '+41 44 555 01 71',
    'document-number': 'X0000001',
    language: 'German',
  },
  {
    client: 'C-30512',
    role: 'authorised-user',
    'full-name': 'Priya Raman',
    email: 'priya.raman@example.com',
    language: 'English',
  },
];

/** Whose telephone number was corrected, so that a night of retention finds an earlier value on the next day. */
const moved = { email: 's.keller@example.org', phone: '+41 44 555 01 77' };

async function correct(team: Team, person: string, context: LoggedContext): Promise<void> {
  const [proposer, second] = [await team.signIn('ada'), await team.signIn('lena')];
  const proposed = await proposeCorrection(
    proposer.actor,
    { person, source: 'conversation', phone: moved.phone },
    context,
  );
  if (!proposed.ok) throw new Error(proposed.refusal.sentence);
  const { correction } = proposed.value;
  const decided = await decideCorrection(second.actor, { correction, outcome: 'made' }, context);
  if (!decided.ok) throw new Error(decided.refusal.sentence);
}

/** Longer than any sample client has agreements or movements. */
const clientsForDays = 730;

/** A start that was cut off goes on with the clients that have nobody yet. */
export async function makePeople(team: Team, context: LoggedContext): Promise<void> {
  const { actor } = await team.signIn('ada');
  const since = dayOf(new Date(context.clock().getTime() - clientsForDays * dayMs));
  let made = 0;
  for (const [client, own] of Map.groupBy(people, (one) => one.client)) {
    const [known, before] = await Promise.all([
      context.db.client.count({ where: { id: client } }),
      context.db.personTie.count({ where: { clientId: client } }),
    ]);
    if (known === 0 || before > 0) continue;
    for (const one of own) {
      const recorded = await recordPerson(actor, { source: 'form', since, ...one }, context);
      if (!recorded.ok) throw new Error(recorded.refusal.sentence);
      made += 1;
      if (one['email'] === moved.email) await correct(team, recorded.value.id, context);
      if (one.client !== 'C-20418') continue;
      const looked = await openPerson(
        actor,
        { person: recorded.value.id, purpose: 'identification', reference: client },
        context,
      );
      if (!looked.ok) throw new Error(looked.refusal.sentence);
    }
  }
  if (made > 0)
    context.log(`${made} people of clients are on record, each under a key of their own`);
}
