/** A pack in sections, in the order in which the board reads it. Pure. */
import type { BoardPack } from './pack.ts';
import type { PackSection } from './section.ts';
import {
  continuitySection,
  custodySection,
  dutySection,
  functionSection,
  registerSection,
  riskSection,
  thirdPartySection,
} from './sections-framework.ts';
import { clockSection, incidentSection, testSection } from './sections-incidents.ts';

export const packSections = (pack: BoardPack): PackSection[] => [
  custodySection(pack),
  incidentSection(pack),
  clockSection(pack),
  functionSection(pack),
  riskSection(pack),
  thirdPartySection(pack),
  continuitySection(pack),
  testSection(pack),
  registerSection(pack),
  dutySection(pack),
];
