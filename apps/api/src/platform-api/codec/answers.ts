import type { Media } from './media.ts'
import type { Shape, Value } from './shape.ts'
import { escapeXml, toJson, toXml, xmlDocument, xmlElement } from './write-value.ts'

export type BulkEntry = { id: string } & (
  | { statusCode: number; value: Value }
  | { statusCode: number; errorMessage: string }
)

/** Everything that is ever answered, before it is written as JSON or XML. */
export type PlatformAnswer =
  | { kind: 'object'; value: Value }
  | { kind: 'query'; values: readonly Value[]; queryToken?: string | undefined }
  | { kind: 'bulk'; entries: readonly BulkEntry[] }
  | { kind: 'deleted' }

export function writeAnswer(of: Shape, answer: PlatformAnswer, media: Media): string {
  return media === 'json' ? JSON.stringify(answerAsJson(of, answer)) : xmlDocument(answerAsXml(of, answer))
}

export function writeError(message: string, media: Media): string {
  return media === 'json'
    ? JSON.stringify({ '@type': 'Error', message })
    : `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<error><message>${escapeXml(message)}</message></error>`
}

function answerAsJson(of: Shape, answer: PlatformAnswer): unknown {
  switch (answer.kind) {
    case 'object':
      return toJson(of, answer.value)
    case 'deleted':
      return true
    case 'query':
      return {
        '@type': 'QueryResult',
        result: answer.values.map((value) => toJson(of, value)),
        ...(answer.queryToken !== undefined && { queryToken: answer.queryToken }),
        numberOfResults: answer.values.length,
      }
    case 'bulk':
      return {
        '@type': 'BulkResult',
        response: answer.entries.map(({ id, statusCode, ...entry }, index) => ({
          ...('value' in entry ? { Result: toJson(of, entry.value) } : { errorMessage: entry.errorMessage }),
          index,
          id,
          statusCode,
        })),
      }
  }
}

function answerAsXml(of: Shape, answer: PlatformAnswer): string {
  switch (answer.kind) {
    case 'object':
      return toXml(of, answer.value)
    case 'deleted':
      return '<true/>'
    case 'query': {
      const token =
        answer.queryToken === undefined ? '' : xmlElement('queryToken', escapeXml(answer.queryToken))
      const results = answer.values.map((value) => toXml(of, value, { tag: 'result', type: of.name }))
      return xmlElement('QueryResult', token + results.join(''), ` numberOfResults="${answer.values.length}"`)
    }
    case 'bulk':
      return xmlElement(
        'BulkResult',
        answer.entries.map((entry, index) => bulkEntry(of, entry, index)).join(''),
      )
  }
}

function bulkEntry(of: Shape, { id, statusCode, ...entry }: BulkEntry, index: number): string {
  const facts = ` index="${index}" id="${escapeXml(id)}" statusCode="${statusCode}"`
  return 'value' in entry
    ? xmlElement('response', toXml(of, entry.value, { tag: 'Result', type: of.name }), facts)
    : xmlElement('response', '', `${facts} errorMessage="${escapeXml(entry.errorMessage)}"`)
}
