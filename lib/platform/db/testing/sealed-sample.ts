/** SQL for bytes as a sealed text has them, 80 long, each time under a key of its own: a key belongs to one row. */
export const sealedSample = `decode('01' || replace(gen_random_uuid()::text, '-', '') || repeat('01', 63), 'hex')`;
