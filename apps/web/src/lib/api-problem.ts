export type FieldProblem = { path: string; message: string }

type ProblemFacts = {
  status: number
  code: string
  message: string
  requestId: string | null
  fields: FieldProblem[]
  details: Record<string, unknown>
}

/** The server refused or failed; `code` says why and `message` is a sentence for people. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly requestId: string | null
  readonly fields: FieldProblem[]
  readonly details: Record<string, unknown>

  constructor({ status, code, message, requestId, fields, details }: ProblemFacts) {
    super(message)
    this.name = 'ApiProblem'
    this.status = status
    this.code = code
    this.requestId = requestId
    this.fields = fields
    this.details = details
  }
}

/** No answer came: offline, the server is down, or the connection broke. Whether the request was done is unknown. */
export class NetworkProblem extends Error {
  constructor(cause?: unknown) {
    super('Packline cannot be reached. Check your connection and try again; nothing you entered is lost.', {
      cause,
    })
    this.name = 'NetworkProblem'
  }
}

/** Reads the body of a refused request, also when a proxy answered with something else than a problem. */
export function parseProblem(status: number, text: string, requestId: string | null = null): ApiProblem {
  const body = parseObject(text)
  return new ApiProblem({
    status,
    code: textOf(body['code']) ?? `http-${status}`,
    message: textOf(body['message']) ?? `The server answered with status ${status}. Try again in a moment.`,
    requestId: textOf(body['requestId']) ?? requestId,
    fields: Array.isArray(body['fields']) ? body['fields'].filter(isFieldProblem) : [],
    details: isRecord(body['details']) ? body['details'] : {},
  })
}

export const hasCode = (error: unknown, ...codes: string[]): error is ApiProblem =>
  error instanceof ApiProblem && codes.includes(error.code)

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : {}
  } catch {
    return {}
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)
const isFieldProblem = (value: unknown): value is FieldProblem =>
  isRecord(value) && typeof value['path'] === 'string' && typeof value['message'] === 'string'

/** The version to decide on, once one has been told that there is a newer one. */
export function currentVersionOf({ code, details: { current } }: ApiProblem): number {
  const version =
    typeof current === 'object' && current !== null && 'version' in current ? current.version : undefined
  if (typeof version !== 'number') throw new Error(`${code} did not say what it is like now`)
  return version
}
