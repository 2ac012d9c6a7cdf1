import { z } from 'zod'
import { accountId, id } from './field.ts'

/** Every route of the Atom protocol, once, for server, agent and tests. Paths are relative to `/atom/v1`. */
export const atomEndpoints = {
  register: { method: 'POST', path: '/registration' },
  getDesired: { method: 'GET', path: '/desired' },
  downloadPackage: { method: 'GET', path: '/packages/:packageId/content' },
  report: { method: 'POST', path: '/reports' },
  rotateCredential: { method: 'POST', path: '/credential' },
} as const satisfies Record<string, { method: 'GET' | 'POST'; path: `/${string}` }>

export const atomProtocolBase = '/atom/v1'

/**
 * 256 random bits as the agent made them. The agent makes its own credential and writes it down before it sends it, so
 * that a lost answer or a crash on the way never leaves it outside: the same request again is answered alike.
 */
const credential = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be 256 bits in base64url')

export const registrationBody = z.strictObject({
  token: z.string().min(1).max(200),
  nodeName: z.string().trim().min(1).max(100),
  agentVersion: z.string().min(1).max(50),
  credential,
})
export type RegistrationBody = z.infer<typeof registrationBody>

export const registrationView = z.strictObject({ nodeId: id, atomId: id, atomName: z.string() })
export type RegistrationView = z.infer<typeof registrationView>

export const rotationBody = z.strictObject({ credential })
export const rotationView = z.strictObject({ nodeId: id })

/** The longest an answer may be kept waiting for a change, in seconds. */
export const longestWait = 25

export const desiredQuery = z.strictObject({
  /** The revision the agent has; without it the answer comes at once. */
  after: z.string().max(64).optional(),
  wait: z.coerce.number().int().min(0).max(longestWait).default(longestWait),
})

/** A plain name: no path, no hidden file, nothing that two file systems read differently. */
const fileName = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,149}$/, 'is not a plain file name')

const deployedPackage = z.strictObject({
  packageId: id,
  componentName: z.string(),
  componentType: z.string(),
  version: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'is not a SHA-256'),
  size: z.number().int().min(0),
  mediaType: z.string(),
  /** Within the deployment's directory; unique there. */
  fileName,
})
export type DeployedPackageView = z.infer<typeof deployedPackage>

/**
 * What an attachment runs. A package that was deployed by itself comes in the same form: under its component's id, each
 * deployment as a release, and without the name of a pack.
 */
const deployment = z.strictObject({
  attachmentId: id,
  accountId,
  installationName: z.string(),
  packName: z.string(),
  releaseId: id,
  sequence: z.number().int(),
  /** Above 0 while somebody wants a failed delivery tried again at once. */
  retry: z.number().int().min(0),
  packages: z.array(deployedPackage),
})
export type DeploymentView = z.infer<typeof deployment>

/** What a node should run: all of it, so that whatever is not listed is removed. */
export const desiredState = z.strictObject({
  revision: z.string(),
  deployments: z.array(deployment),
  /** Suspended accounts: what runs for them stays as it is until they are active again. */
  heldAccountIds: z.array(accountId),
})
export type DesiredState = z.infer<typeof desiredState>

export const packageContentParams = z.strictObject({ packageId: id })

export const reportBody = z.strictObject({
  attachmentId: id,
  releaseId: id,
  state: z.enum(['DOWNLOADING', 'ACTIVE', 'FAILED']),
  /** Why it failed, as a sentence a person can act on. */
  cause: z.string().max(500).optional(),
  progressBytes: z.number().int().min(0).optional(),
  totalBytes: z.number().int().min(0).optional(),
})
export type ReportBody = z.infer<typeof reportBody>

/** What the server made of a report. */
export const reportView = z.strictObject({ state: z.string() })
