/** Words for ICT assets (RTS risk Art 4(2)(b)). Pure. */
export const assetTypes = {
  hardware: 'Hardware',
  software: 'Software',
  network: 'Network',
  data: 'Data',
  service: 'Service of a provider',
  site: 'Site',
  'key-store': 'Store of keys or key shares',
  certificate: 'Certificate',
} as const;

export const classifications = {
  public: 'Public',
  internal: 'Internal',
  confidential: 'Confidential',
  secret: 'Secret',
} as const;

export const exposures = {
  none: 'None',
  restricted: 'Restricted: named networks only',
  internet: 'The internet',
} as const;

export const criticalities = {
  critical: 'Supports a critical or important function',
  'not-critical': 'Supports none',
  'not-assessed': 'Not assessed',
} as const;
