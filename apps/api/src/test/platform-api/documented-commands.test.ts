import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { seedDemo } from '@packline/database/demo/seed-demo.ts'
import { expect, test } from 'vitest'
import { businessNow } from '../../platform/clock.ts'
import { hashPassword } from '../../platform/password-hash.ts'
import { zoneDataInUse } from '../../platform/zone-data.ts'
import { blocksOf } from './documented-calls.ts'
import { createTestApp } from '../test-app.ts'
import { allObjects } from '../../platform-api/objects/all-objects.ts'

const { app, db } = await createTestApp()
await seedDemo(db, { hashPassword, now: await businessNow(db), zoneDataVersion: zoneDataInUse })
const url = await app.listen({ port: 0, host: '127.0.0.1' })

const path = join(import.meta.dirname, '../../../../../docs/platform-api.md')
const blocks = blocksOf(await readFile(path, 'utf8'))

/** What curl does, with the status and the answer of each request told on the other stream as well. */
const reportingCurl = `curl() {
  local told; told=$(command curl "$@" --write-out '\\n%{http_code}')
  printf '%s %s\\n' "\${told##*$'\\n'}" "\${told%$'\\n'*}" >&2
  printf '%s\\n' "\${told%$'\\n'*}"
}`
const script = blocks.flatMap(({ commands }) => ['echo "block" >&2', commands]).join('\n')
const { stderr } = await promisify(execFile)('bash', [
  '-c',
  `${reportingCurl}\n${script.replaceAll('http://127.0.0.1:3000', url)}`,
])
const reports = stderr.split(/^block$/m).slice(1)

test.each(blocks.map((block, index) => [block.line, block, reports[index] ?? ''] as const))(
  'the commands of docs/platform-api.md from line %i on answer as it says',
  (_line, { calls, answer }, report) => {
    const said = report.trim() === '' ? [] : report.trim().split('\n')
    expect(
      said.map((one) => Number(one.slice(0, 3))),
      report,
    ).toEqual(calls.map(({ status }) => status))
    if (answer !== undefined) expect(JSON.parse(said.at(-1)?.slice(4) ?? '')).toEqual(shownInPart(answer))
  },
)

test.each(allObjects.map(({ shape, only }) => only?.path ?? `/${shape.name}`))('%s is shown', (object) => {
  expect(script).toMatch(new RegExp(`${object}\\b`))
})

/** An answer as a document shows it: with fewer members, and with … for what differs every time. */
function shownInPart(answer: unknown): unknown {
  if (answer === '…') return expect.stringMatching(/./)
  if (Array.isArray(answer)) return expect.arrayContaining(answer.map(shownInPart))
  if (typeof answer !== 'object' || answer === null) return answer
  return expect.objectContaining(
    Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, shownInPart(value)])),
  )
}
