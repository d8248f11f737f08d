/** Everything the audit trail tells of. Closed: an entry of another kind is refused. */
export const auditKinds = [
  'operator-invited',
  'invitation-renewed',
  'founder-removed',
  'key-registered',
  'key-removed',
  'enrolment-completed',
  'signed-in',
  'session-opened',
  'session-revoked',
  'sessions-ended',
  'key-stopped',
  'operator-suspended',
  'genesis-drafted',
  'genesis-signed',
  'genesis-pinned',
  'statement-recorded',
  'operation-moved',
  'deposit-credited',
  'journal-posted',
] as const;
export type AuditKind = (typeof auditKinds)[number];
