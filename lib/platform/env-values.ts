/** Formats of environment values; each has one spelling and a phrase that says what is expected. */
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { hasBlockedPort } from './blocked-ports.ts';

/** One environment variable: how it is read, and how to put it right. */
export type Variable<T> = {
  schema: z.ZodType<T, string>;
  /** Follows "must be"; never holds a value. */
  expected: string;
  /** Used in the sandbox when the variable is not set; production sets everything itself. */
  sandboxDefault?: string;
  isOptional?: boolean;
};

/** An issue that says more than "expected" does; it follows that sentence, and holds no value. */
const because = (message: string) => ({ message, params: { isReason: true } });

/** The reasons behind a failed reading that a person could not guess from what is expected. */
export const reasonsOf = ({ issues }: z.ZodError): string[] =>
  issues.flatMap((issue) =>
    issue.code === 'custom' && issue.params?.['isReason'] === true ? [issue.message] : [],
  );

const openPort = because(
  'It names a port that browsers refuse to open, so it would look dead to everyone: choose another port.',
);

const originText = z
  .string()
  .refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    return url !== null && url.origin === text && /^https?:$/.test(url.protocol);
  })
  .refine((text) => !hasBlockedPort(text), openPort);

export const slugText = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/);

const rpcText = z
  .string()
  .refine((text) => (text.startsWith('unix:') ? isAbsolute(text.slice(5)) : isHttpsAddress(text)));

function isHttpsAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return (
    url?.protocol === 'https:' && url.port !== '' && url.pathname === '/' && url.username === ''
  );
}

export const partyAddress = z.strictObject({
  name: slugText,
  /** `unix:/absolute/path` on one machine, `https://host:port` with certificates on both sides otherwise. */
  rpc: rpcText,
  /** Where people reach the party itself. */
  origin: originText,
  /** A party that is off most of the time is not a fault while it is off. */
  expected: z.enum(['online', 'offline']),
  /** Paths of PEM files: the parties' authority, and our own certificate and key. */
  tls: z
    .strictObject({ ca: z.string().min(1), cert: z.string().min(1), key: z.string().min(1) })
    .optional(),
});
export type PartyAddress = z.infer<typeof partyAddress>;

/** A setting that holds JSON. */
const jsonText = z
  .string()
  .max(65_536)
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'not JSON' });
      return z.NEVER;
    }
  });

const partyList = jsonText
  .pipe(z.array(partyAddress).min(2).max(16))
  .refine((parties) => new Set(parties.map((party) => party.name)).size === parties.length)
  .refine((parties) => new Set(parties.map((party) => party.rpc)).size === parties.length);

const isLoopbackUrl = (text: string): boolean => {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url?.protocol === 'http:' && (url.hostname === '127.0.0.1' || url.hostname === '[::1]');
};

export const sourceAddress = z.strictObject({
  /** As the policy names it. */
  name: slugText,
  fact: z.enum(['price', 'risk', 'standing', 'books']),
  /** https; in the sandbox also `unix:/absolute/path` or http on this machine. */
  url: z
    .string()
    .max(1000)
    .refine(
      (text) =>
        (text.startsWith('unix:') && isAbsolute(text.slice(5))) ||
        isLoopbackUrl(text) ||
        (URL.canParse(text) && new URL(text).protocol === 'https:'),
    ),
  /** Sandbox only: key and highest age with which the first policy names the source. */
  sandboxKey: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});
export type SourceAddress = z.infer<typeof sourceAddress>;

const sourceList = jsonText
  .pipe(z.array(sourceAddress).max(32))
  .refine((sources) => new Set(sources.map(({ name }) => name)).size === sources.length);

/** A URL whose user is exactly the given role; `user` in the query would count in its place. */
const postgresUrlOf = (role: string) =>
  z
    .string()
    .refine((text) => {
      const url = URL.canParse(text) ? new URL(text) : null;
      return url !== null && /^postgres(?:ql)?:$/.test(url.protocol) && isWellEncoded(url.password);
    })
    .refine(
      (text) => {
        const url = URL.canParse(text) ? new URL(text) : null;
        const names = [...(url?.searchParams.keys() ?? [])].map((name) => name.toLowerCase());
        return url === null || (url.username === role && !names.includes('user'));
      },
      because(`Its user must be ${role}, which has no more rights than it needs.`),
    );

function isWellEncoded(part: string): boolean {
  try {
    decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}

const modelList = z
  .string()
  .transform((text) => text.split(',').map((item) => item.trim()))
  .pipe(
    z.array(z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)),
  );

const databaseFor = (role: string): Variable<string> => ({
  schema: postgresUrlOf(role),
  expected: `a URL such as postgresql://${role}:password@host:5432/countersign`,
});

/** What web server and worker both need. */
/** @param scheme what stands before each address. */
const nodeList = (scheme: RegExp) =>
  z
    .string()
    .max(2_000)
    .transform((text) => text.split(',').map((node) => node.trim()))
    .refine(
      (nodes) =>
        nodes.length <= 2 &&
        new Set(nodes).size === nodes.length &&
        nodes.every((node) => scheme.test(node) && URL.canParse(node.replace(scheme, ''))),
    )
    .refine((nodes) => nodes.every((node) => !hasBlockedPort(node.replace(scheme, ''))), openPort)
    // What would go into logs with an address must not be in it.
    .refine((nodes) => nodes.every((node) => new URL(node.replace(scheme, '')).username === ''));

export const sharedVariables = {
  COUNTERSIGN_MODE: {
    schema: z.enum(['sandbox', 'production']),
    expected: '"sandbox" or "production"',
    sandboxDefault: 'sandbox',
  },
  COUNTERSIGN_ORGANISATION: {
    schema: slugText,
    expected: 'a short name in lower case letters, digits and hyphens, such as acme-custody',
    sandboxDefault: 'sample-custodian',
  },
  COUNTERSIGN_ORIGIN: {
    schema: originText,
    expected: 'an origin as browsers spell it, such as https://console.example.com, without a path',
    sandboxDefault: 'http://localhost:3000',
  },
  COUNTERSIGN_RP_ID: {
    schema: z.string().regex(/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/),
    expected: 'the host name of COUNTERSIGN_ORIGIN or a domain above it',
    sandboxDefault: 'localhost',
  },
  COUNTERSIGN_PARTIES: {
    schema: partyList,
    expected:
      'a JSON list of at least two parties: [{"name","rpc":"unix:/path" or "https://host:port","origin","expected":"online" or "offline","tls":{"ca","cert","key"}}], names and addresses all different',
  },
  COUNTERSIGN_SOLANA_RPC: {
    schema: z
      .string()
      .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))
      .refine((text) => !hasBlockedPort(text), openPort),
    expected: 'the http(s) address of a Solana JSON-RPC endpoint',
    sandboxDefault: 'http://127.0.0.1:3190',
  },
  COUNTERSIGN_BITCOIN_NODES: {
    schema: nodeList(/^(?:core|esplora):(?=https?:\/\/)/),
    expected:
      'one or two Bitcoin nodes, separated by commas, each core: or esplora: and its http(s) address; two are asked the same and compared',
    isOptional: true,
  },
  COUNTERSIGN_ETHEREUM_NODES: {
    schema: nodeList(/^(?=https?:\/\/)/),
    expected:
      'the http(s) addresses of one or two Ethereum nodes, separated by commas; two are asked the same and compared',
    isOptional: true,
  },
  COUNTERSIGN_SOURCES: {
    schema: sourceList,
    expected:
      'a JSON list of the sources that the policy names: [{"name","fact":"price", "risk", "standing" or "books","url":"https://…"}], names all different',
    isOptional: true,
  },
  COUNTERSIGN_KEYS: {
    schema: z.string().refine((text) => text.startsWith('unix:') && isAbsolute(text.slice(5))),
    expected: 'unix:/absolute/path of the data-key service',
    isOptional: true,
  },
  COUNTERSIGN_APPROVED_MODELS: {
    schema: modelList,
    expected: 'AAGUIDs of security-key models in lower case, separated by commas',
    isOptional: true,
  },
} as const;

const keysToken: Variable<string> = {
  schema: z.string().regex(/^[\x21-\x7e]{40,200}$/),
  expected:
    'the secret that this process shows the data-key service: 40 random characters or more, such as the output of `openssl rand -base64 48`',
  isOptional: true,
};

export const webVariables = {
  COUNTERSIGN_KEYS_TOKEN_WEB: keysToken,
  DATABASE_URL_WEB: databaseFor('countersign_web'),
  NEXTAUTH_SECRET: {
    schema: z.string().min(32).max(512),
    expected: 'at least 32 random characters, such as the output of `openssl rand -base64 48`',
  },
  NEXTAUTH_URL: { schema: originText, expected: 'the same as COUNTERSIGN_ORIGIN' },
  COUNTERSIGN_ATTESTATION_ROOTS: {
    schema: z.string().refine((text) => isAbsolute(text)),
    expected:
      'the absolute path of a PEM file with the root certificates of the security keys’ makers',
    isOptional: true,
  },
  COUNTERSIGN_COLLEAGUES: {
    schema: z.string().refine((text) => text.startsWith('unix:') && isAbsolute(text.slice(5))),
    expected: 'unix:/absolute/path of the sample colleagues',
    isOptional: true,
  },
} as const;

export const workerVariables = {
  COUNTERSIGN_KEYS_TOKEN_WORKER: keysToken,
  DATABASE_URL_WORKER: databaseFor('countersign_worker'),
  COUNTERSIGN_FEE_PAYER_KEY_FILE: {
    schema: z.string().refine((text) => isAbsolute(text)),
    expected: "the absolute path of the fee payer's key file",
  },
  COUNTERSIGN_SOLANA_GENESIS: {
    schema: z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{32,44}$/),
    expected: 'the genesis hash of the Solana chain that is meant, in base58',
    isOptional: true,
  },
  COUNTERSIGN_BITCOIN_COOKIE_FILE: {
    schema: z.string().refine((text) => isAbsolute(text)),
    expected:
      'the absolute path of a file with user:password for the core: nodes, as Bitcoin Core writes its .cookie',
    isOptional: true,
  },
} as const;
