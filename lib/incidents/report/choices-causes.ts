/** Root causes: the lists of 4.1, 4.2 and 4.3 in the order of the ITS, and which go together. */
import type { Choice } from './field-types.ts';

const under = (parent: string, words: Readonly<Record<string, string>>): readonly Choice[] =>
  Object.entries(words).map(([value, text]) => ({ value, words: text, under: parent }));

/** 4.1 */
export const ROOT_CAUSES: readonly Choice[] = [
  { value: 'malicious_actions', words: 'Malicious actions' },
  { value: 'process_failure', words: 'Process failure' },
  { value: 'system_failure_malfunction', words: 'System failure or malfunction' },
  { value: 'human_error', words: 'Human error' },
  { value: 'external_event', words: 'External event' },
];

const MONITORING = 'process_failure_insufficient_monitoring_or_failure_of_monitoring_and_control';
const RISK_MANAGEMENT = 'process_failure_ICT_risk_management_process_failure';
const OPERATIONS =
  'process_failure_insufficient_or_failure_of_ict_operations_and_ict_security_operations';
const ACQUISITION =
  'process_failure_inadequate_ict_systems_acquisition_development_and_maintenance';

/** 4.2, each under its category of 4.1. */
export const DETAILED_CAUSES: readonly Choice[] = [
  ...under('malicious_actions', {
    malicious_actions_deliberate_internal_actions: 'Deliberate internal actions',
    malicious_actions_deliberate_physical_damage_manipulation_theft:
      'Deliberate physical damage, manipulation or theft',
    malicious_actions_fraudulent_actions: 'Fraudulent actions',
  }),
  ...under('process_failure', {
    [MONITORING]: 'Monitoring and control insufficient or failed',
    process_failure_insufficient_unclear_roles_and_responsibilities:
      'Roles and responsibilities insufficient or unclear',
    [RISK_MANAGEMENT]: 'ICT risk management process failed',
    [OPERATIONS]: 'ICT operations or ICT security operations insufficient or failed',
    process_failure_insufficient_or_failure_of_ict_project_management:
      'ICT project management insufficient or failed',
    process_failure_inadequacy_of_internal_policies_procedures_and_documentation:
      'Internal policies, procedures or documentation inadequate',
    [ACQUISITION]: 'Acquisition, development or maintenance of ICT systems inadequate',
    process_failure_other: 'Other process failure',
  }),
  ...under('system_failure_malfunction', {
    system_failure_hardware_capacity_and_performance: 'Hardware capacity and performance',
    system_failure_hardware_maintenance: 'Hardware maintenance',
    system_failure_hardware_obsolescence_ageing: 'Hardware obsolescence or ageing',
    system_failure_software_compatibility_configuration: 'Software compatibility or configuration',
    system_failure_software_performance: 'Software performance',
    system_failure_network_configuration: 'Network configuration',
    system_failure_physical_damage: 'Physical damage',
    system_failure_other: 'Other system failure',
  }),
  ...under('human_error', {
    human_error_omission: 'Omission',
    human_error_mistake: 'Mistake',
    human_error_skills_knowledge: 'Skills and knowledge',
    human_error_inadequate_human_resources: 'Inadequate human resources',
    human_error_miscommunication: 'Miscommunication',
    human_error_other: 'Other human error',
  }),
  ...under('external_event', {
    external_event_natural_disasters_force_majeure: 'Natural disasters or force majeure',
    'external_event_third-party_failures': 'Third-party failures',
    external_event_other: 'Other external event',
  }),
];

/** 4.3, each under the process failure of 4.2 that it details: (a), (c), (d) and (g). */
export const ADDITIONAL_CAUSES: readonly Choice[] = [
  ...under(MONITORING, {
    monitoring_of_policy_adherence: 'Monitoring that policies are kept',
    'monitoring_of_third-party_service_providers': 'Monitoring of third-party service providers',
    monitoring_and_verification_of_remediation_of_vulnerabilities:
      'Monitoring that vulnerabilities are remedied',
    identity_and_access_management: 'Identity and access management',
    encryption_and_cryptography: 'Encryption and cryptography',
    logging: 'Logging',
  }),
  ...under(RISK_MANAGEMENT, {
    failure_in_specifying_accurate_risk_tolerance_levels: 'Risk tolerance levels not accurate',
    insufficient_vulnerability_and_threat_assessments:
      'Vulnerability and threat assessments insufficient',
    inadequate_risk_treatment_measures: 'Risk treatment inadequate',
    poor_management_of_residual_ict_risks: 'Residual ICT risks managed poorly',
  }),
  ...under(OPERATIONS, {
    vulnerability_and_patch_management: 'Vulnerability and patch management',
    change_management: 'Change management',
    capacity_and_performance_management: 'Capacity and performance management',
    ict_asset_management_and_information_classification:
      'ICT asset management and classification of information',
    backup_and_restore: 'Backup and restore',
    error_handling: 'Error handling',
  }),
  ...under(ACQUISITION, {
    inadequate_ict_systems_acquisition_development_and_maintenance:
      'Acquisition, development and maintenance of ICT systems',
    insufficient_or_failure_of_software_testing: 'Software testing insufficient or failed',
  }),
];
