/** An entity that is on record and an incident that was classified as major, for tests. */
import { valueOf } from '#lib/identity/testing/people.ts';
import { triageIncident } from '../desk/move-incident.ts';
import { loadIncident } from '../desk/load-incident.ts';
import { recordProfile } from '../entity/record-profile.ts';
import { classifyIncidentFile } from '../worksheet/classify-incident.ts';
import { recordFacts } from '../worksheet/record-facts.ts';
import { reported, type IncidentDesk } from './incident-desk.ts';

export const sampleProfile = {
  seen: '0',
  name: 'Sample Custody SE',
  lei: '7LTWFZYICNSX8D621K86',
  type: 'crypto-asset_service_provider',
  memberState: 'DE',
  region: '',
  zone: 'Europe/Berlin',
  nis2Since: '',
  reliefWithdrawnOn: '',
  currency: 'EUR',
  authority: 'Federal Financial Supervisory Authority',
  parentName: '',
  parentLei: '',
  holidaysAdded: '',
  holidaysRemoved: '',
  'first-name': 'Mia Lindqvist',
  'first-email': 'incidents@sample-custody.example',
  'first-phone': '+49 69 1234567',
  'second-name': 'Incident desk',
  'second-email': 'desk@sample-custody.example',
  'second-phone': '+49 69 1234568',
};

/** Says once what the entity is. */
export async function recordSampleEntity({ people, context }: IncidentDesk): Promise<void> {
  valueOf(await recordProfile(people.mia.actor, sampleProfile, context));
}

const entry = (value: unknown, estimated = false) => ({ value, estimated, evidence: null });

/** Noticed when it was reported, triaged, with facts that make it major. @param decide whether it is classified, too. */
export async function majorIncident(
  desk: IncidentDesk,
  { decide = true }: { decide?: boolean } = {},
): Promise<{ id: string; number: string }> {
  const { people, context } = desk;
  const made = await reported(desk);
  const { id } = made;
  valueOf(
    await triageIncident(
      people.ben.actor,
      { id, seen: '1', severity: '1', category: 'custody', reasons: 'Clients cannot withdraw.' },
      context,
    ),
  );
  valueOf(
    await recordFacts(
      people.ada.actor,
      {
        id,
        seen: 2,
        facts: {
          cs_a_cif_systems: entry(true),
          cs_b_authorised_services: entry(true),
          clients_affected: entry('9', true),
          clients_total_service: entry('80'),
          gross_costs_eur: entry('250000', true),
          discovery: entry('monitoring_systems'),
          continuity_activated: entry('no'),
        },
      },
      context,
    ),
  );
  if (!decide) return made;
  const seen = String((await loadIncident(desk.web, id))?.seq);
  valueOf(
    await classifyIncidentFile(
      people.mia.actor,
      { id, seen, verdict: 'major', reasons: 'By the facts of the worksheet.' },
      context,
    ),
  );
  return made;
}
