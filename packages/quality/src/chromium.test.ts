import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, expect, test, vi } from 'vitest'

import { ensureChromium } from './chromium.ts'

const folder = mkdtempSync(join(tmpdir(), 'packline-chromium-'))

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

test('the browser that is named is taken, whatever else is there', async () => {
  const program = join(folder, 'browser')
  writeFileSync(program, '#!/bin/sh\necho Chromium 1\n')
  chmodSync(program, 0o755)
  vi.stubEnv('CHROMIUM_PATH', program)
  expect(await ensureChromium()).toBe(program)
})

test('a named browser that does not run is an error, not a reason to take another', async () => {
  vi.stubEnv('CHROMIUM_PATH', join(folder, 'missing'))
  await expect(ensureChromium()).rejects.toThrow('which does not run')
})
