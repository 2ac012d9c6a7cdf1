import { expect, test } from 'vitest'

import { secondFront } from './second-front.ts'

const importing = (path: string, from: string) => [{ path, text: `import { one } from '${from}'\n` }]

test.each([
  ['apps/api/src/features/releases/create-release.ts', '../../platform-api/http.ts'],
  ['apps/api/src/platform/gate.ts', '../platform-api/gate.ts'],
])('%s may not import the Platform API', (path, from) => {
  expect(secondFront(importing(path, from))).toEqual([expect.stringContaining('nothing uses it')])
})

test.each([
  ['apps/api/src/app.ts', './platform-api/platform-api.routes.ts'],
  ['apps/api/src/platform-api/http.ts', './codec/media.ts'],
  ['apps/api/src/platform-api/gate.test.ts', '../platform-api/gate.ts'],
  ['apps/api/src/platform-api/objects/atom.ts', '../../features/atoms/add-atom.ts'],
])('%s may import %s', (path, from) => {
  expect(secondFront(importing(path, from))).toEqual([])
})
