import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

/** What somebody asked for and what they were told, or that they were told nothing. */
const request = z.object({
  kind: z.literal('request'),
  row: z.string(),
  /** Milliseconds since the run began. */
  sentAt: z.number(),
  endedAt: z.number(),
  userId: z.string(),
  accountId: z.string(),
  /** The endpoint's name in the contract. */
  name: z.string(),
  method: z.string(),
  path: z.string(),
  params: z.record(z.string(), z.string()),
  key: z.string().optional(),
  body: z.unknown().optional(),
  outcome: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('answered'),
      status: z.number(),
      requestId: z.string().optional(),
      retryAfter: z.string().optional(),
      text: z.string(),
    }),
    /** It may have happened or not. */
    z.object({ kind: z.literal('unknown'), why: z.string() }),
  ]),
})
/** What was done to the product. */
const fault = z.object({ kind: z.literal('fault'), row: z.string(), at: z.number(), what: z.string() })
/** What a screen showed when everything had come to rest. */
const view = z.object({
  kind: z.literal('view'),
  row: z.string(),
  at: z.number(),
  name: z.string(),
  params: z.record(z.string(), z.string()),
  accountId: z.string(),
  shown: z.unknown(),
})
const entry = z.discriminatedUnion('kind', [request, fault, view])

export type RequestEntry = z.infer<typeof request>
export type ViewEntry = z.infer<typeof view>
export type HistoryEntry = z.infer<typeof entry>

export type Recorder = { record: (entry: HistoryEntry) => void; now: () => number }
export type History = Recorder & { path: string }

/** Writes down everything as it happens, one JSON line each, in a new file. */
export function createHistory(path: string): History {
  const began = performance.now()
  writeFileSync(path, '')
  return {
    path,
    now: () => performance.now() - began,
    record: (one) => appendFileSync(path, `${JSON.stringify(one)}\n`),
  }
}

export const readHistory = (path: string): HistoryEntry[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => entry.parse(JSON.parse(line)))

export const requestsIn = (history: readonly HistoryEntry[]): RequestEntry[] =>
  history.filter((one) => one.kind === 'request')

/** A write that the product said it has done. */
export const isAcknowledged = ({ method, outcome }: RequestEntry): boolean =>
  method !== 'GET' && outcome.kind === 'answered' && outcome.status >= 200 && outcome.status < 300
