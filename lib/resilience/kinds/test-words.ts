/** Words of the testing programme (DORA Art 24 to 27). Pure. */

/** The tests of Art 25(1) to choose from, and the threat-led one of Art 26. */
export const testTypes = {
  'vulnerability-scan': 'Vulnerability assessment or scan',
  'open-source-analysis': 'Open-source analysis',
  'network-security': 'Network security assessment',
  'gap-analysis': 'Gap analysis',
  'physical-review': 'Physical security review',
  questionnaire: 'Questionnaire or scanning software',
  'source-code-review': 'Source code review',
  'scenario-test': 'Scenario-based test',
  compatibility: 'Compatibility test',
  performance: 'Performance test',
  'end-to-end': 'End-to-end test',
  'penetration-test': 'Penetration test',
  tlpt: 'Threat-led penetration test',
} as const;

/** Testers are independent of what they test (Art 24(4)). */
export const independences = {
  external: 'External',
  'internal-independent': 'Internal, independent of what is tested',
} as const;

export const testStates = { planned: 'Planned', done: 'Done', cancelled: 'Cancelled' } as const;

export const testResults = {
  passed: 'Passed',
  'passed-with-findings': 'Passed, with findings',
  failed: 'Failed',
} as const;
