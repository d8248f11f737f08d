/**
 * The rules that a package answers to, as data: what each asks, how hard a breach weighs and where the rule comes
 * from. Numbers are those of the EBA where it has given one (filing rules, DPM rules of framework 4.0, checks of
 * identifiers); our own names stand for technical rules of the filing manual and for national ones. Pure.
 */

/** Blocking: the file would be refused. Warning: it would be taken, and be asked about. */
export type Severity = 'blocking' | 'warning';

type Rule = { severity: Severity; says: string; source: string };

const filing = 'EBA filing rules 103 to 809';
const dpm = 'EBA data rules, framework 4.0';
const national = 'national rule list of 2026';
const its = 'Implementing Regulation (EU) 2024/2956';

const blocking = (source: string, says: string): Rule => ({ severity: 'blocking', says, source });
const warning = (source: string, says: string): Rule => ({ severity: 'warning', says, source });
const pattern = (where: string) => warning(dpm, `${where} has the form of an LEI`);
const issued = (where: string) =>
  blocking('EBA checks of identifiers', `${where} is an LEI that is issued`);
const filled = (what: string) => warning(dpm, what);

export const rules = {
  package: blocking(filing, 'The package is a zip or a folder that can be read'),
  'package-bounds': blocking('bounds of this console', 'The package keeps its bounds'),
  'package-name': blocking(filing, 'The package has the name that the filing rules give it'),
  'file-name': warning(filing, 'What is sent is named like the folder inside'),
  'name-period': blocking(filing, 'The name and the parameters have the same reference date'),
  'file-missing': blocking(filing, 'Every file of the package is there'),
  'file-unknown': blocking(filing, 'Nothing else is in the package'),
  encoding: blocking(filing, 'Files are UTF-8'),
  'byte-order-mark': warning(filing, 'Files begin without a byte-order mark'),
  json: blocking(filing, 'reportPackage.json and report.json say what they must'),
  parameters: blocking(filing, 'parameters.csv says what it must, and nothing else'),
  header: blocking(filing, 'Each file has its columns, each once'),
  csv: blocking(filing, 'Files are comma-separated with standard quoting'),
  'row-length': blocking(filing, 'Each row has as many cells as the header'),
  type: blocking(filing, 'A value has the type of its column'),
  '805': blocking(filing, 'No key column is empty'),
  '806': blocking(filing, 'No key stands twice'),
  '807': blocking(filing, 'What is referred to is there'),
  '808': blocking(filing, 'Filing indicators name all 15 templates as reported'),
  sender: blocking(filing, 'The LEI of the name, of entityID and of B_01.01 is one'),
  VR_2: issued('B_01.01 c0010'),
  VR_12: issued('B_01.02 c0010'),
  VR_16: issued('B_01.02 c0060'),
  VR_23: issued('B_01.03 c0020'),
  VR_71: issued('B_05.01 c0010, where it is said to be an LEI,'),
  VR_72: blocking('EBA checks of identifiers', 'An EUID has the form of one'),
  VR_77: issued('B_05.01 c0110, where it is said to be an LEI,'),
  mandatory: filled('Mandatory cells are filled (v8850 to v8889)'),
  v8821: pattern('A code of a provider that is said to be an LEI'),
  v8890: pattern('B_01.01 c0010'),
  v8891: pattern('B_01.02 c0010'),
  v8892: pattern('B_01.03 c0020'),
  v8893: pattern('B_02.02 c0020'),
  v8894: pattern('B_03.01 c0020'),
  v8895: pattern('B_03.03 c0020'),
  v8896: pattern('B_04.01 c0020'),
  v8897: pattern('B_06.01 c0040'),
  v22913: warning(dpm, 'Total assets are zero or more'),
  v23716: warning(dpm, 'The yearly expense of a contract is zero or more'),
  v8824: warning(dpm, 'The yearly expense for a provider is zero or more'),
  v8803: filled('Total assets come with their currency'),
  v8804: filled('Financial entities give their total assets'),
  v8805: filled('A subsequent contract names its overarching one'),
  v8816: warning(dpm, 'A contract ends after it starts'),
  v8817: warning(dpm, 'A legal person is named by an LEI or an EUID'),
  v8818: warning(dpm, 'The additional code of a legal person is an LEI or an EUID'),
  v8823: filled('An additional code comes with its type'),
  v8825: filled('Hard substitution comes with its reason'),
  v8826: filled('From rank 2 on the recipient comes with the type of its code'),
  'third-country': warning(its, 'A legal person outside the Union is named by its LEI (Art 3(5))'),
  'parent-type': warning(its, 'The code of an ultimate parent comes with its type'),
  'expense-currency': warning(its, 'An expense comes with its currency'),
  'rank-chain': warning(its, 'The recipient at rank n is the provider at rank n - 1'),
  'critical-law': warning(its, 'Contracts for critical functions name their governing law'),
  'one-row': warning(national, 'B_01.01 and B_99.01 have exactly one row'),
  'contract-unused': warning(national, 'Every contract appears in B_02.02'),
  'contract-unsigned': warning(national, 'Every contract appears in B_03.01'),
  'contract-no-provider': warning(national, 'Every contract appears in B_03.02 or B_03.03'),
  'function-unused': warning(national, 'Every function appears in B_02.02'),
  'function-twice': warning(national, 'Identifiers of functions are unique'),
  'function-id': warning(its, 'The identifier of a function is F and a natural number'),
  'chain-unknown': warning(national, 'Contract and service of B_05.02 appear in B_02.02'),
  'assessment-missing': warning(national, 'Services for critical functions have a row in B_07.01'),
  'assessment-unknown': warning(national, 'Rows of B_07.01 have a critical row in B_02.02'),
  'critical-cell': warning(national, 'Rows for critical functions are filled'),
  'storage-cell': warning(national, 'Critical rows with storage say where and how sensitive'),
  overarching: warning(national, 'Only subsequent contracts name another contract'),
  'end-reason': warning(national, 'Ended contracts, and only those, have a reason'),
  'rank-one': warning(national, 'At rank 1 the recipient is the provider itself'),
  recipient: warning(national, 'Every recipient is a provider of the chain'),
  'parent-missing': warning(national, 'Providers of rank 1 name their ultimate parent'),
  'branch-code': warning(national, 'Without a branch its code is "Not applicable"'),
  'text-length': warning(national, 'A reason has at most 300 characters'),
  'natural-number': warning(national, 'Notice, rank, recovery times are natural numbers'),
  'link-true': warning(national, 'Link columns are true'),
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof rules;
export const severityOf = (rule: RuleId): Severity => rules[rule].severity;
