/** What a critical function lacks, and where too much hangs on too few, in words. Pure. */
import type { Concentration } from '#lib/resilience/concentration.ts';
import type { Gap } from '#lib/resilience/invariants.ts';
import { countryName } from '#lib/resilience/places.ts';

export const gapWords: Readonly<Record<Gap['what'], string>> = {
  rto: 'No recovery time is set',
  rpo: 'No recovery point is set',
  plan: 'No approved continuity plan covers it',
  test: 'Not tested in the last twelve months',
  assessment: 'The service of a contract is not assessed',
  'exit-plan': 'A contract has no whole exit plan',
};

export function concentrationWords({ kind, detail, contracts }: Concentration): string {
  switch (kind) {
    case 'several-critical':
      return `${detail} contracts for critical functions rest on its group`;
    case 'not-substitutable':
      return `Hard or impossible to substitute in ${contracts.length === 1 ? 'a contract' : `${contracts.length} contracts`} for critical functions`;
    case 'third-country':
      return `In ${countryName(detail)}, outside the European Economic Area, behind critical functions`;
    case 'long-chain':
      return `Last of a chain of ${detail} ranks behind a critical function`;
  }
}
