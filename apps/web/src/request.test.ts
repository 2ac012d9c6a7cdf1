import { afterEach, expect, test, vi } from 'vitest'
import { NetworkProblem } from './lib/api-problem.ts'
import { etagOf, request, requestWithETag, urlOf } from './request.ts'

afterEach(() => vi.unstubAllGlobals())

const answering = (status: number, body: string, headers: Record<string, string> = {}) => {
  const fetched = vi.fn<typeof fetch>(
    async () => new Response(status === 204 ? null : body, { status, headers }),
  )
  vi.stubGlobal('fetch', fetched)
  return fetched
}

test('addresses are filled in and escaped', () => {
  expect(urlOf('getPack', { params: { packId: 'a/b' } })).toBe('/api/v1/integration-packs/a%2Fb')
  expect(urlOf('listPackages', { query: { search: 'a&b', page: 2, type: null, showDeleted: false } })).toBe(
    '/api/v1/packaged-components?search=a%26b&page=2&showDeleted=false',
  )
  expect(() => urlOf('getPack')).toThrow('packId')
})

test('a write carries the mark against foreign sites, its key and its version', async () => {
  const fetched = answering(200, '{"id":"r1"}')
  await request('createRelease', {
    params: { packId: 'p1' },
    body: { notes: '' },
    idempotencyKey: 'key-12345',
    ifMatch: etagOf(7),
  })
  const [url, init] = fetched.mock.calls[0] ?? []
  expect(url).toBe('/api/v1/integration-packs/p1/releases')
  expect(init).toMatchObject({
    method: 'POST',
    credentials: 'same-origin',
    body: '{"notes":""}',
    headers: { 'X-Packline-Request': '1', 'Idempotency-Key': 'key-12345', 'If-Match': '"7"' },
  })
})

test('a write outlives its page, unless it is larger than browsers keep alive; what is read is nobody’s then', async () => {
  const fetched = answering(200, '{}')
  await request('createPack', { body: { description: 'short' } })
  await request('createPack', { body: { description: 'x'.repeat(64_000) } })
  await request('listPacks')
  expect(fetched.mock.calls.map(([, init]) => init?.keepalive)).toEqual([true, false, false])
})

test('the version of what was read comes with it', async () => {
  answering(200, '{"id":"p1"}', { etag: '"7"' })
  expect(await requestWithETag('getPack', { params: { packId: 'p1' } })).toEqual({ id: 'p1', etag: '"7"' })
})

test('no body is no problem', async () => {
  answering(204, '')
  expect(await request('signOut')).toBeUndefined()
})

test('a refusal is thrown with its code, a lost connection as one', async () => {
  answering(409, '{"code":"pack-empty","message":"…","requestId":"1"}')
  await expect(request('listPacks')).rejects.toMatchObject({ code: 'pack-empty', status: 409 })

  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  await expect(request('listPacks')).rejects.toBeInstanceOf(NetworkProblem)
})
