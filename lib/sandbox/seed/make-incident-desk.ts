/** What the incident desk needs before anything happens: what this entity is, and who is on call. */
import { recordProfile } from '#lib/incidents/entity/record-profile.ts';
import { setTurn } from '#lib/incidents/on-call/set-turn.ts';
import type { Team } from '../colleagues/team.ts';
import { ago, done } from './sample-times.ts';
import type { LoggedContext } from './seed-context.ts';

export async function makeIncidentDesk(team: Team, context: LoggedContext): Promise<void> {
  const { db } = context;
  if (!(await db.entityProfile.findFirst({ select: { version: true } })))
    await recordEntity(team, context);
  if (!(await db.onCallTurn.findFirst({ select: { id: true } }))) await putOnCall(team, context);
}

async function recordEntity(team: Team, context: LoggedContext): Promise<void> {
  const { actor } = await team.signIn('sofia');
  const profile = {
    seen: '0',
    name: 'Sample Custodian GmbH',
    // Nobody's: no issuer of identifiers begins with these letters. Its check digits are right.
    lei: 'SAMPLECUSTODIAN00113',
    type: 'crypto-asset_service_provider',
    memberState: 'DE',
    region: '',
    zone: 'Europe/Berlin',
    nis2Since: '',
    reliefWithdrawnOn: '',
    currency: 'EUR',
    authority: 'BaFin',
    parentName: '',
    parentLei: '',
    // Banks and authorities are closed on both by custom.
    holidaysAdded: '2026-12-24, 2026-12-31, 2027-12-24, 2027-12-31',
    holidaysRemoved: '',
    'first-name': 'Sofia Rossi',
    'first-email': 'sofia.rossi@custodian.example',
    // Numbers that are kept free for films and examples.
    'first-phone': '+49 69 90009 110',
    'second-name': 'Incident desk',
    'second-email': 'incidents@custodian.example',
    'second-phone': '+49 69 90009 112',
  };
  done(await recordProfile(actor, profile, context));
  context.log('what the entity is to the law is on record');
}

const dayHours = 24;
/** Who is called at which level, from how many hours ago for how many days. */
const turns: readonly { handle: string; level: string; from: number; days: number }[] = [
  { handle: 'marek', level: '1', from: 3, days: 7 },
  { handle: 'ines', level: '1', from: 3 - 7 * dayHours, days: 7 },
  { handle: 'lena', level: '2', from: 3, days: 14 },
  { handle: 'sofia', level: '3', from: 3, days: 31 },
];

async function putOnCall(team: Team, context: LoggedContext): Promise<void> {
  const { actor } = await team.signIn('ada');
  const members = await team.members();
  for (const { handle, level, from, days } of turns) {
    const person = members.find((member) => member.handle === handle)?.operatorId;
    const times = { from: ago(from, context), until: ago(from - days * dayHours, context) };
    done(await setTurn(actor, { person, level, ...times }, context));
  }
  context.log('colleagues are on call');
}
