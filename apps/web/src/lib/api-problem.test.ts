import { expect, test } from 'vitest'
import { ApiProblem, hasCode, NetworkProblem, parseProblem } from './api-problem.ts'
import { messageOf } from './problem-message.ts'

test('a problem of the server is read whole', () => {
  const body = {
    code: 'version-stale',
    message: 'Somebody changed the pack meanwhile.',
    requestId: 'b6f0',
    fields: [{ path: 'name', message: 'is empty' }],
    details: { version: 8 },
  }
  const problem = parseProblem(412, JSON.stringify(body))
  expect(problem).toBeInstanceOf(ApiProblem)
  expect(problem).toMatchObject({ ...body, status: 412 })
})

test.each([
  ['', 'http-502'],
  ['<html>Bad gateway</html>', 'http-502'],
  ['null', 'http-502'],
  ['[]', 'http-502'],
  ['{"code":7}', 'http-502'],
  ['{"code":"busy","fields":[{"path":1},"x"],"details":[]}', 'busy'],
])('whatever comes instead of a problem becomes one: %s', (body, code) => {
  const problem = parseProblem(502, body, 'from-header')
  expect(problem).toMatchObject({ status: 502, code, requestId: 'from-header', fields: [], details: {} })
  expect(problem.message).not.toBe('')
})

test('codes are asked for by name', () => {
  const problem = parseProblem(409, '{"code":"pack-empty"}')
  expect(hasCode(problem, 'all-released', 'pack-empty')).toBe(true)
  expect(hasCode(problem, 'all-released')).toBe(false)
  expect(hasCode(new NetworkProblem(), 'pack-empty')).toBe(false)
})

test('only words meant for people are shown', () => {
  expect(messageOf(parseProblem(403, '{"message":"Releasing needs a privilege."}'))).toBe(
    'Releasing needs a privilege.',
  )
  expect(messageOf(new NetworkProblem())).toContain('cannot be reached')
  expect(messageOf(new TypeError("undefined is not an object (evaluating 'a.b')"))).not.toContain('undefined')
})
