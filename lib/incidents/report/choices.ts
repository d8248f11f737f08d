/**
 * The closed lists of ITS 2025/302 Annex II with the values of the ESAs' schema IR 1.2.1, in the
 * order of the ITS. Root causes are in `choices-causes.ts`.
 */
import { memberStates } from '../member-states.ts';
import type { Choice } from './field-types.ts';

const listOf = (words: Readonly<Record<string, string>>): readonly Choice[] =>
  Object.entries(words).map(([value, text]) => ({ value, words: text }));

/** 1.1 */
export const SUBMISSIONS = listOf({
  initial_notification: 'Initial notification',
  intermediate_report: 'Intermediate report',
  final_report: 'Final report',
  'major_incident_reclassified_as_non-major': 'Major incident reclassified as non-major',
});

/** 1.4 and field 3 of a notification of a cyber threat. */
export const ENTITY_TYPES = listOf({
  credit_institution: 'Credit institution',
  payment_institution: 'Payment institution',
  exempted_payment_institution: 'Exempted payment institution',
  account_information_service_provider: 'Account information service provider',
  electronic_money_institution: 'Electronic money institution',
  exempted_electronic_money_institution: 'Exempted electronic money institution',
  investment_firm: 'Investment firm',
  'crypto-asset_service_provider': 'Crypto-asset service provider',
  'issuer_of_asset-referenced_tokens': 'Issuer of asset-referenced tokens',
  central_securities_depository: 'Central securities depository',
  central_counterparty: 'Central counterparty',
  trading_venue: 'Trading venue',
  trade_repository: 'Trade repository',
  manager_of_alternative_investment_fund: 'Manager of alternative investment funds',
  management_company: 'Management company',
  data_reporting_service_provider: 'Data reporting service provider',
  insurance_and_reinsurance_undertaking: 'Insurance or reinsurance undertaking',
  insurance_intermediary_reinsurance_intermediary_and_ancillary_insurance_intermediary:
    'Insurance, reinsurance or ancillary insurance intermediary',
  institution_for_occupational_retirement_provision:
    'Institution for occupational retirement provision',
  credit_rating_agency: 'Credit rating agency',
  administrator_of_critical_benchmarks: 'Administrator of critical benchmarks',
  crowdfunding_service_provider: 'Crowdfunding service provider',
  securitisation_repository: 'Securitisation repository',
});

/** 1.15. The lev has been history since Bulgaria took the euro in 2026; the schema still has it. */
export const CURRENCIES = listOf({
  EUR: 'Euro',
  BGN: 'Bulgarian lev',
  CZK: 'Czech koruna',
  DKK: 'Danish krone',
  HUF: 'Hungarian forint',
  PLN: 'Polish zloty',
  RON: 'Romanian leu',
  ISK: 'Icelandic krona',
  CHF: 'Swiss franc',
  NOK: 'Norwegian krone',
  SEK: 'Swedish krona',
});

/** 2.5 and field 15 of a notification of a cyber threat. */
export const CRITERIA = listOf({
  clients_financial_counterparts_and_transactions_affected:
    'Clients, financial counterparts and transactions affected',
  reputational_impact: 'Reputational impact',
  duration_and_service_downtime: 'Duration and service downtime',
  geographical_spread: 'Geographical spread',
  data_losses: 'Data losses',
  critical_services_affected: 'Critical services affected',
  economic_impact: 'Economic impact',
});

/** 2.6: the European Economic Area, with GR for Greece as ISO 3166 has it. */
export const COUNTRIES = listOf(memberStates);

/** 2.7 */
export const DISCOVERIES = listOf({
  it_security: 'IT security',
  staff: 'Staff',
  internal_audit: 'Internal audit',
  external_audit: 'External audit',
  clients: 'Clients',
  financial_counterparts: 'Financial counterparts',
  'third-party_provider': 'Third-party provider',
  attacker: 'Attacker',
  monitoring_systems: 'Monitoring systems',
  authority_agency_law_enforcement_body: 'Authority, agency or law enforcement body',
  other: 'Other',
});

/** 3.12: what is said of each of three groups. */
export const FIGURE_STATEMENTS = listOf({
  actual_figures_for_clients_affected: 'Actual figures for clients',
  actual_figures_for_financial_counterparts_affected: 'Actual figures for financial counterparts',
  actual_figures_for_transactions_affected: 'Actual figures for transactions',
  estimates_for_clients_affected: 'Estimates for clients',
  estimates_for_financial_counterparts_affected: 'Estimates for financial counterparts',
  estimates_for_transactions_affected: 'Estimates for transactions',
  no_impact_on_clients: 'No impact on clients',
  no_impact_on_financial_counterparts: 'No impact on financial counterparts',
  no_impact_on_transactions: 'No impact on transactions',
});

/** 3.13 */
export const REPUTATIONAL_IMPACTS = listOf({
  'the_major_ict-related_incident_has_been_reflected_in_the_media': 'It was in the media',
  'the_major_ict-related_incident_has_resulted_in_repetitive_complaints_from_different_clients_or_financial_counterparts_on_client-facing_services_or_critical_business_relationships':
    'Different clients or counterparts complained repeatedly',
  'the_financial_entity_will_not_be_able_to_or_is_likely_not_to_be_able_to_meet_regulatory_requirements_as_a_result_of_the_major_ict-related_incident':
    'Regulatory requirements will not, or will likely not, be met',
  'the_financial_entity_will_or_is_likely_to_lose_clients_or_financial_counterparts_with_a_material_impact_on_its_business_as_a_result_of_the_major_ict-related_incident':
    'Clients or counterparts are, or will likely be, lost with a material impact on the business',
});

/** 3.17 */
export const TIME_STATEMENTS = listOf({
  actual_figures: 'Actual figures',
  estimates: 'Estimates',
  actual_figures_and_estimates: 'Actual figures and estimates',
  no_information_available: 'No information available',
});

/** 3.18 */
export const SPREAD_IMPACTS = listOf({
  clients: 'Clients',
  financial_counterparts: 'Financial counterparts',
  branch_of_the_financial_entity: 'Branch of the financial entity',
  financial_entities_within_the_group_carrying_out_activities_in_the_respective_member_state:
    'Financial entities of the group that are active in the Member State',
  financial_market_infrastructure: 'Financial market infrastructure',
  'third-party_providers_that_may_be_common_to_other_financial_entities':
    'Third-party providers that other financial entities may share',
});

/** 3.20 */
export const DATA_LOSSES = listOf({
  availability: 'Availability',
  authenticity: 'Authenticity',
  integrity: 'Integrity',
  confidentiality: 'Confidentiality',
});

/** 3.23 */
export const INCIDENT_TYPES = listOf({
  'cybersecurity-related': 'Cybersecurity-related',
  process_failure: 'Process failure',
  system_failure: 'System failure',
  external_event: 'External event',
  'payment-related': 'Payment-related',
  other: 'Other',
});

/** 3.25, by the list, which includes identity theft where the description leaves it out. */
export const TECHNIQUES = listOf({
  social_engineering_including_phishing: 'Social engineering, including phishing',
  ddos: '(Distributed) denial of service',
  identity_theft: 'Identity theft',
  data_encryption_for_impact_including_ransomware:
    'Data encryption for impact, including ransomware',
  resource_hijacking: 'Resource hijacking',
  data_exfiltration_and_manipulation_including_identity_theft:
    'Data exfiltration and manipulation, including identity theft',
  data_destruction: 'Data destruction',
  defacement: 'Defacement',
  'supply-chain_attack': 'Supply-chain attack',
  other: 'Other',
});

/** 3.28 and 3.30 */
export const YES_NO_UNKNOWN = listOf({
  yes: 'Yes',
  no: 'No',
  information_not_available: 'Information not available',
});

/** 3.31 */
export const OTHER_AUTHORITIES = listOf({
  police_law_enforcement: 'Police or law enforcement',
  csirt: 'CSIRT',
  data_protection_authority: 'Data protection authority',
  national_cybersecurity_agency: 'National cybersecurity agency',
  none: 'None',
  other: 'Other',
});

/** What 3.27 offers: functional areas, then business processes that a custodian has. */
export const FUNCTIONAL_AREAS: readonly string[] = [
  'marketing and business development',
  'customer service',
  'product management',
  'regulatory compliance',
  'risk management',
  'finance and accounting',
  'HR and general services',
  'information technology',
];
export const BUSINESS_PROCESSES: readonly string[] = [
  'authentication and authorisation',
  'client on-boarding',
  'custody and asset safekeeping',
  'data ingestion',
  'data processing',
  'order',
  'reception, transmission and execution',
  'settlement',
  'transaction monitoring',
  'portfolio management',
  'fund accounting',
  'cash management',
];

/** What 3.35 asks for. */
export const INDICATOR_KINDS: readonly string[] = [
  'IP addresses',
  'URLs',
  'domains',
  'file hashes',
  'malware data',
  'network activity',
  'e-mail data',
  'DNS requests and registry configuration',
  'user account activity',
  'database traffic',
];
