import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createSecretBox } from './secret-box.ts'
import { openSecrets } from './secrets-key.ts'

const [key, other] = [randomBytes(32), randomBytes(32)]
const box = createSecretBox([key])
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

test('what is sealed opens again, looks different every time and shows nothing', () => {
  const [one, two] = [box.seal(secret, 'a'), box.seal(secret, 'a')]
  expect(box.open(one, 'a')).toBe(secret)
  expect(one).not.toBe(two)
  expect(one).not.toContain(secret.slice(6, 16))
  expect(one.startsWith(box.currentMark)).toBe(true)
})

test('it opens for nothing else, not after a change, and not with another key', () => {
  const sealed = box.seal(secret, 'a')
  expect(() => box.open(sealed, 'b')).toThrow()
  const [last = ''] = sealed.slice(-2)
  const changed = sealed.slice(0, -2) + (last === 'A' ? 'B' : 'A') + sealed.slice(-1)
  expect(() => box.open(changed, 'a')).toThrow()
  expect(() => box.open(sealed.slice(0, 40), 'a')).toThrow()
  expect(() => createSecretBox([other]).open(sealed, 'a')).toThrow('SECRETS_KEY does not have')
})

test('a new key in front of the old one opens what that sealed, and seals by itself', () => {
  const rolled = createSecretBox([other, key])
  expect(rolled.open(box.seal(secret, 'a'), 'a')).toBe(secret)
  expect(createSecretBox([other]).open(rolled.seal(secret, 'a'), 'a')).toBe(secret)
})

test('what was stored before there was a key stays readable', () => {
  expect(box.open(secret, 'a')).toBe(secret)
})

const directory = await mkdtemp(join(tmpdir(), 'packline-key-'))
afterAll(() => rm(directory, { recursive: true }))
const env = { secretsKeys: undefined, dataDir: directory, databaseUrl: undefined, isProduction: false }

test('without a configured key one is made, once, for nobody else to read', async () => {
  const [first, ...others] = await Promise.all(Array.from({ length: 16 }, () => openSecrets(env)))
  const sealed = first?.kind === 'opened' ? first.secrets.seal(secret, 'a') : ''
  // None of those who start at one moment finds half a key.
  for (const twin of others) expect(twin.kind === 'opened' && twin.secrets.open(sealed, 'a')).toBe(secret)
  expect(await readdir(directory)).toEqual(['secrets.key'])
  const file = join(directory, 'secrets.key')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const kept = await readFile(file)
  await writeFile(file, 'cut off')
  expect(await openSecrets(env)).toMatchObject({
    kind: 'refused',
    sentence: expect.stringContaining('damaged'),
  })
  await writeFile(file, kept)
})

test('production with a database elsewhere is told the key, or does not start', async () => {
  const production = { ...env, isProduction: true, databaseUrl: 'postgresql://db.example/packline' }
  expect(await openSecrets(production)).toMatchObject({
    kind: 'refused',
    sentence: expect.stringContaining('SECRETS_KEY is needed'),
  })
  expect(await openSecrets({ ...production, secretsKeys: [key] })).toMatchObject({ kind: 'opened' })
})
