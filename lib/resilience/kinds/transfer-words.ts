/** Words of transfers to third countries and international organisations (GDPR Chapter V). Pure. */
import type { ProcessingRole } from './privacy-words.ts';

export const transferStates = { planned: 'Planned', active: 'Active', ended: 'Ended' } as const;

export const transferTools = {
  adequacy: 'Adequacy decision (Art 45)',
  scc: 'Standard contractual clauses (Art 46(2)(c))',
  bcr: 'Binding corporate rules (Art 47)',
  derogation: 'Derogation (Art 49)',
} as const;

/** Of Implementing Decision (EU) 2021/914. */
export const sccModules = {
  '1': 'Module 1: controller to controller',
  '2': 'Module 2: controller to processor',
  '3': 'Module 3: processor to processor',
  '4': 'Module 4: processor to controller',
} as const;

/** Who exports and who imports under each module. */
export const moduleRoles: Readonly<
  Record<keyof typeof sccModules, readonly [exporter: ProcessingRole, importer: ProcessingRole]>
> = {
  '1': ['controller', 'controller'],
  '2': ['controller', 'processor'],
  '3': ['processor', 'processor'],
  '4': ['processor', 'controller'],
};

/** Grounds of Art 49(1), first subparagraph, by their letter, and of the second. */
export const derogations = {
  a: 'Explicit consent after being told of the risks (49(1)(a))',
  b: 'Contract with the person (49(1)(b))',
  c: 'Contract in the interest of the person (49(1)(c))',
  d: 'Important public interest (49(1)(d))',
  e: 'Legal claims (49(1)(e))',
  f: 'Vital interests (49(1)(f))',
  g: 'Public register (49(1)(g))',
  compelling: 'Compelling legitimate interests (49(1), second subparagraph)',
} as const;

/** Organisations under international law for which there are decisions. */
export const organisations = { epo: 'European Patent Organisation' } as const;

/** How long before a decision ends it is warned of where the record says nothing else, in days. House value. */
export const warnDaysUsual = 180;
