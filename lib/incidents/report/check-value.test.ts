import { describe, expect, it } from 'vitest';
import type { Json } from './document.ts';
import { found, foundIn, withAt } from './testing/found.ts';
import { changed, finalValues, initialValues, LEI } from './testing/good-reports.ts';

describe('forms of values', () => {
  it.each<[string, string, Json, string[]]>([
    ['a wrong check digit', 'submittingEntity.LEI', '506700GE1G29325QX364', ['1.3 lei blocking']],
    ['an LEI in small letters', 'submittingEntity.LEI', LEI.toLowerCase(), ['1.3 lei blocking']],
    [
      'an impossible day',
      'incident.detectionDateTime',
      '2026-02-29T09:00:00Z',
      ['2.2 instant-impossible blocking'],
    ],
    [
      'an impossible hour',
      'incident.detectionDateTime',
      '2026-03-01T24:00:00Z',
      ['2.2 instant-impossible blocking'],
    ],
    [
      'a zone',
      'incident.detectionDateTime',
      '2026-03-02T10:14:00+01:00',
      ['2.2 instant-zone blocking'],
    ],
    ['no zone', 'incident.detectionDateTime', '2026-03-02T10:14:00', ['2.2 instant blocking']],
    [
      'parts of a second',
      'incident.detectionDateTime',
      '2026-03-02T09:14:00.000Z',
      ['2.2 instant-fraction warning'],
    ],
    [
      'a year long ago',
      'incident.detectionDateTime',
      '1026-03-02T09:14:00Z',
      ['2.2 instant-absurd blocking'],
    ],
    ['hours above 23', 'incident.incidentDuration', '01:24:00', ['3.15 duration blocking']],
    ['minutes above 59', 'incident.incidentDuration', '01:23:60', ['3.15 duration blocking']],
    [
      'one digit for days',
      'incident.incidentDuration',
      '1:04:10',
      ['3.15 duration-digits warning'],
    ],
    [
      'two decimals of a percentage',
      'impactAssessment.affectedAssets.affectedClients.percentage',
      12.34,
      ['3.5 percent-decimals blocking'],
    ],
    [
      'a percentage above 100',
      'impactAssessment.affectedAssets.affectedClients.percentage',
      100.1,
      ['3.5 percent-range blocking'],
    ],
    [
      'more transactions than on an average day',
      'impactAssessment.affectedAssets.affectedTransactions.percentage',
      142.9,
      [],
    ],
    [
      'a percentage of six digits',
      'impactAssessment.affectedAssets.affectedTransactions.percentage',
      10_000.5,
      ['3.10 percent-range blocking'],
    ],
    [
      'a percentage beyond five digits',
      'impactAssessment.affectedAssets.affectedTransactions.percentage',
      100_000,
      ['3.10 percent-range blocking'],
    ],
    [
      'a negative percentage',
      'impactAssessment.affectedAssets.affectedClients.percentage',
      -1,
      ['3.5 negative blocking'],
    ],
    [
      'a negative number',
      'impactAssessment.affectedAssets.affectedClients.number',
      -1,
      ['3.4 negative blocking'],
    ],
    [
      'half a client',
      'impactAssessment.affectedAssets.affectedClients.number',
      1.5,
      ['3.4 integer blocking'],
    ],
    [
      'a number as text',
      'impactAssessment.affectedAssets.affectedClients.number',
      '120',
      ['3.4 type blocking'],
    ],
    [
      'a negative amount',
      'incident.grossAmountIndirectDirectCosts',
      -5,
      ['4.13 negative blocking'],
    ],
    [
      'parts of a cent',
      'incident.grossAmountIndirectDirectCosts',
      150000.001,
      ['4.13 amount-decimals blocking'],
    ],
    [
      'an absurd amount',
      'incident.grossAmountIndirectDirectCosts',
      1e18,
      ['4.13 amount-absurd blocking'],
    ],
    [
      'an amount in thousands',
      'incident.financialRecoveriesAmount',
      20,
      ['4.14 amount-precision warning'],
    ],
    [
      'an amount in millions',
      'incident.grossAmountIndirectDirectCosts',
      2_000_000_000,
      ['4.13 amount-precision warning'],
    ],
    ['an unknown currency', 'reportCurrency', 'USD', ['1.15 closed-list blocking']],
    [
      'Greece as EL',
      'incident.classificationTypes.4.countryCodeMaterialityThresholds',
      ['DE', 'EL'],
      ['2.6 closed-list blocking'],
    ],
    [
      'a State outside the EEA',
      'incident.classificationTypes.4.countryCodeMaterialityThresholds',
      ['DE', 'GB'],
      ['2.6 closed-list blocking'],
    ],
    ['no e-mail address', 'primaryContact.email', 'ines.okafor', ['1.8 email blocking']],
    ['a number without prefix', 'primaryContact.phone', '030 1234567', ['1.9 phone blocking']],
    ['a prefix with zeros', 'primaryContact.phone', '004930123456', ['1.9 phone blocking']],
    ['an empty list', 'affectedEntity.0.affectedEntityType', [], ['1.4 empty-list blocking']],
    [
      'a value twice',
      'affectedEntity.0.affectedEntityType',
      ['investment_firm', 'investment_firm'],
      ['1.4 twice warning'],
    ],
    ['yes as text', 'incident.isBusinessContinuityActivated', 'yes', ['2.9 type blocking']],
    ['null', 'incident.incidentDescription', null, ['2.4 type blocking']],
    ['a list for a text', 'incident.incidentDescription', ['text'], ['2.4 type blocking']],
    [
      'a text that is too long',
      'incident.incidentDescription',
      'x'.repeat(32_768),
      ['2.4 text-length blocking'],
    ],
    [
      'half a character',
      'incident.incidentDescription',
      'a\ud800b',
      ['2.4 text-characters blocking'],
    ],
    [
      'a null character',
      'incident.incidentDescription',
      'a\u0000b',
      ['2.4 text-characters blocking'],
    ],
    [
      'a property that the schema has not',
      'incident.severity',
      'high',
      ['incident.severity unknown-property blocking'],
    ],
    ['a property at the top', 'comment', 'high', ['comment unknown-property blocking']],
    [
      'a property in a list',
      'affectedEntity.0.country',
      'DE',
      ['affectedEntity[0].country unknown-property blocking'],
    ],
    [
      'a helper that is wrong',
      'submittingEntity.entityType',
      'AFFECTED_ENTITY',
      ['submittingEntity.entityType entity-type warning'],
    ],
    [
      'a helper that is none',
      'submittingEntity.entityType',
      'ME',
      ['submittingEntity.entityType closed-list blocking'],
    ],
    [
      'a text for an object',
      'impactAssessment.affectedAssets.affectedTransactions',
      'many',
      ['impactAssessment.affectedAssets.affectedTransactions type blocking'],
    ],
  ])('%s', (_name, path, value, findings) => {
    // Cross-field findings of what went missing are not what this looks at.
    const all = found(withAt(finalValues, path, value));
    const field = findings[0]?.split(' ')[0] ?? '';
    expect(all.filter((finding) => finding.startsWith(`${field} `))).toEqual(findings);
    expect(
      all
        .filter((finding) => / (?:type|missing)\b/.test(finding) && !findings.includes(finding))
        .filter((finding) => !/^3\.(?:9|10) /.test(finding)),
    ).toEqual([]);
  });

  it('the longest text passes, also of characters beyond the first plane', () => {
    expect(
      foundIn(
        changed(finalValues, { '2.4': 'x'.repeat(32_767), '4.5': '\u{1F511}'.repeat(32_767) }),
      ),
    ).toEqual([]);
  });

  it('details without a criterion are found, and a criterion that stands twice', () => {
    const document = withAt(initialValues, 'incident.classificationTypes', [
      { classificationCriterion: 'critical_services_affected' },
      { countryCodeMaterialityThresholds: ['DE', 'FR'] },
    ]);
    expect(found(document)).toEqual(['2.5 criterion-missing blocking']);
    const twice = withAt(initialValues, 'incident.classificationTypes', [
      { classificationCriterion: 'critical_services_affected' },
      { classificationCriterion: 'reputational_impact' },
      { classificationCriterion: 'economic_impact' },
      { classificationCriterion: 'economic_impact' },
    ]);
    expect(found(twice)).toEqual(['2.5 twice warning']);
  });
});
