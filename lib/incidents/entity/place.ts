/**
 * Where the entity is: its Member State, a subdivision of it whose holidays count, and the zone by whose clock noon
 * and midnight are read. All three have to fit each other, or its time limits can't be computed or end elsewhere.
 * For servers only, as the calendar is.
 */
import { regionsOf } from '../holidays.ts';
import { memberStates, type MemberState } from '../member-states.ts';
import type { ProfileFacts } from './profile.ts';

/**
 * The IANA zones of each Member State, that of its capital first. Territories count where the law of the Union holds in
 * them; so Denmark's are without the Faroe Islands and Greenland, and Norway's without Svalbard.
 */
const zones: Readonly<Record<MemberState, readonly string[]>> = {
  AT: ['Europe/Vienna'],
  BE: ['Europe/Brussels'],
  BG: ['Europe/Sofia'],
  CY: ['Asia/Nicosia', 'Asia/Famagusta'],
  CZ: ['Europe/Prague'],
  DE: ['Europe/Berlin', 'Europe/Busingen'],
  DK: ['Europe/Copenhagen'],
  EE: ['Europe/Tallinn'],
  ES: ['Europe/Madrid', 'Africa/Ceuta', 'Atlantic/Canary'],
  FI: ['Europe/Helsinki', 'Europe/Mariehamn'],
  FR: [
    'Europe/Paris',
    'America/Cayenne',
    'America/Guadeloupe',
    'America/Marigot',
    'America/Martinique',
    'Indian/Mayotte',
    'Indian/Reunion',
  ],
  GR: ['Europe/Athens'],
  HR: ['Europe/Zagreb'],
  HU: ['Europe/Budapest'],
  IE: ['Europe/Dublin'],
  IS: ['Atlantic/Reykjavik'],
  IT: ['Europe/Rome'],
  LI: ['Europe/Vaduz'],
  LT: ['Europe/Vilnius'],
  LU: ['Europe/Luxembourg'],
  LV: ['Europe/Riga'],
  MT: ['Europe/Malta'],
  NL: ['Europe/Amsterdam'],
  NO: ['Europe/Oslo'],
  PL: ['Europe/Warsaw'],
  PT: ['Europe/Lisbon', 'Atlantic/Azores', 'Atlantic/Madeira'],
  RO: ['Europe/Bucharest'],
  SE: ['Europe/Stockholm'],
  SI: ['Europe/Ljubljana'],
  SK: ['Europe/Bratislava'],
};

type Place = Pick<ProfileFacts, 'memberState' | 'region' | 'zone'>;

/** What of a place does not fit its Member State, as a sentence that names the field; null when all of it does. */
export function findPlaceFault({ memberState, region, zone }: Place): string | null {
  const state = memberStates[memberState];
  const codes = regionsOf(memberState).map(({ code }) => code);
  if (region !== null && !codes.includes(region))
    return codes.length === 0
      ? `Subdivision: the calendar of ${state} has none. Leave it empty.`
      : `Subdivision: the calendar of ${state} has no ${region}. Give one of ${codes.join(', ')}, or leave it empty.`;
  return zones[memberState].includes(zone)
    ? null
    : `Time zone: ${state} has no such one. Give ${zones[memberState].join(' or ')}.`;
}
