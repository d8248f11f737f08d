/** Checks a package of the register of information as an authority would, and names everything it finds. */
import { templateCodes } from './column.ts';
import { TableCheck } from './check-tables.ts';
import { Findings, type Finding } from './finding.ts';
import { openPackage, openSentPackage, type OpenPackage } from './open-package.ts';
import { PackageFault, type PackageFile } from './package-file.ts';
import {
  checkIndicators,
  checkReport,
  checkReportPackage,
  indicatorsPath,
  parametersPath,
  readParameters,
  reportPackagePath,
  reportPath,
  type Parameters,
} from './package-parts.ts';
import { smallText, type Tell } from './read-text.ts';
import { fileOf } from './templates.ts';

type Files = ReadonlyMap<string, PackageFile>;

/** Every file that a package has, with what a finding about it names. */
const asked: ReadonlyMap<string, string> = new Map([
  [reportPackagePath, 'reportPackage.json'],
  [reportPath, 'report.json'],
  [parametersPath, 'parameters.csv'],
  [indicatorsPath, 'FilingIndicators.csv'],
  ...templateCodes.map((code) => [`reports/${fileOf(code)}`, code] as const),
]);

function checkFiles(files: Files, tell: Tell): void {
  for (const [path, template] of asked)
    if (!files.has(path)) tell('file-missing', { template }, `${path} is missing.`);
  for (const path of files.keys())
    if (!asked.has(path))
      tell(
        'file-unknown',
        {},
        `${path} does not belong into the package. Mind small and capital letters.`,
      );
}

/** What one of the small files says; null where it is not there or says nothing. */
async function part<T>(
  files: Files,
  path: string,
  tell: Tell,
  read: (text: string, tell: Tell) => T,
): Promise<T | null> {
  const file = files.get(path);
  if (!file) return null;
  const name = asked.get(path) ?? path;
  try {
    return read(await smallText(file, name, tell), tell);
  } catch (error) {
    if (!(error instanceof PackageFault)) throw error;
    tell(error.rule, { template: name, ...error.place }, error.message);
    return null;
  }
}

function checkSender(
  { name }: OpenPackage,
  parameters: Parameters | null,
  keeper: string | null,
  tell: Tell,
): void {
  const others = [
    ...(parameters && parameters.lei !== keeper ? ['entityID in parameters.csv'] : []),
    ...(name && name.lei !== keeper ? ['the name of the package'] : []),
  ];
  if (keeper !== null && others.length > 0)
    tell(
      'sender',
      { template: 'B_01.01', row: keeper === '' ? null : 1, column: 'c0010' },
      `Another LEI stands in ${others.join(' and ')}.`,
    );
  if (!name || !parameters) return;
  const differs = [
    ...(name.lei === parameters.lei ? [] : ['another LEI']),
    ...(name.scope === parameters.scope ? [] : [`${name.scope} and not ${parameters.scope}`]),
  ];
  if (differs.length > 0)
    tell(
      'sender',
      { template: 'parameters.csv' },
      `The name of the package says ${differs.join(', and ')}.`,
    );
  if (name.period !== null && name.period !== parameters.period)
    tell('name-period', { template: 'parameters.csv' }, 'The name has another reference date.');
}

async function checkOpen(pack: OpenPackage, tell: Tell, findings: Findings): Promise<void> {
  const { files } = pack;
  checkFiles(files, tell);
  await part(files, reportPackagePath, tell, checkReportPackage);
  await part(files, reportPath, tell, checkReport);
  await part(files, indicatorsPath, tell, checkIndicators);
  const parameters = await part(files, parametersPath, tell, readParameters);
  const period = parameters?.period ?? pack.name?.period ?? null;
  const { keeper } = await new TableCheck(files, period, findings).run();
  checkSender(pack, parameters, keeper, tell);
}

async function check(open: (findings: Findings) => Promise<OpenPackage>): Promise<Finding[]> {
  const findings = new Findings();
  const tell: Tell = (rule, place, sentence) => findings.add(rule, place, sentence);
  try {
    const pack = await open(findings);
    try {
      await checkOpen(pack, tell, findings);
    } finally {
      await pack.close();
    }
  } catch (error) {
    if (!(error instanceof PackageFault)) throw error;
    tell(error.rule, error.place, error.message);
  }
  return findings.list();
}

/**
 * @param path of a zip or of a folder
 * @returns findings in the order of the files; what can't be read is a finding, too
 * @throws the error of the system where there is nothing at the path
 */
export const checkPackage = (path: string): Promise<Finding[]> =>
  check((findings) => openPackage(path, findings));

/** The same for a zip that was sent. @param name of the file */
export const checkSentPackage = (bytes: Uint8Array, name: string): Promise<Finding[]> =>
  check((findings) => openSentPackage(bytes, name, findings));

export const isBlocking = ({ severity }: Finding): boolean => severity === 'blocking';
