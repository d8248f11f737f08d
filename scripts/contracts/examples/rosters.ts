import { digestOf } from '#lib/protocol/intent.ts';
import type { Roster, RosterPerson } from '#lib/protocol/roster.ts';
import { createSoftwareAuthenticator } from '#lib/protocol/software-authenticator.ts';
import { at, personWith, roster, rosterChange } from '#lib/protocol/testing/sample.ts';
import type { Examples } from './example.ts';

/** A version of the sample roster in which each key of one person is changed. */
function withKeys(
  version: number,
  index: number,
  changes: Partial<RosterPerson['credentials'][number]>,
): Roster {
  return {
    ...roster,
    version,
    previous: digestOf(roster),
    people: roster.people.map((person, place) =>
      place === index
        ? { ...person, credentials: person.credentials.map((key) => ({ ...key, ...changes })) }
        : person,
    ),
  };
}

/** Two keys for everyone and TLS, as production asks. */
function productionRoster(): Roster {
  const host = 'console.custodian.example';
  const people = roster.people.map((person, place): RosterPerson => {
    const credentials = [100, 150].flatMap((base) => {
      const seed = new Uint8Array(32).fill(base + place);
      return personWith('otto', createSoftwareAuthenticator({ rpId: host, seed })).credentials;
    });
    return { ...person, credentials: credentials.map((key) => ({ ...key, software: false })) };
  });
  const origins = [`https://${host}`, 'https://control.custodian.example'];
  return { ...roster, environment: 'production', relyingParty: { id: host, origins }, people };
}

export const rosters: Examples<Roster> = {
  '1-genesis': roster,
  '2-next-version': rosterChange.roster,
  '3-revoked-key': withKeys(2, 1, { revokedAt: at(-3600) }),
  '4-grant-with-end': withKeys(2, 3, { notAfter: at(86_400) }),
  '5-production': productionRoster(),
};
