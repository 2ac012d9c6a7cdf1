import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exitCodes } from './ending.ts'
import { newDirectory, startAtom, until } from './test/atom-process.ts'
import { type ProtocolServer, startProtocolServer } from './test/protocol-server.ts'

const argumentsFor = (server: ProtocolServer, dir: string, token?: string) => [
  `--url=${server.url}`,
  `--dir=${dir}`,
  ...(token === undefined ? [] : ['--token', token]),
]
const isConnected = (atom: { output: { text: string } }) => () => atom.output.text.includes('Connected.')
const keptIn = async (dir: string) =>
  JSON.parse(await readFile(join(dir, 'credential.json'), 'utf8')) as Record<string, unknown>

async function registeredAtom(...args: string[]) {
  const server = await startProtocolServer()
  const dir = await newDirectory()
  const atom = startAtom([...argumentsFor(server, dir, 'one-time-token'), ...args])
  await until('it is connected', isConnected(atom))
  return { server, dir, atom }
}

test('once registered it needs no token, and a token already used does no harm', async () => {
  const { server, dir, atom } = await registeredAtom()
  await atom.kill()
  for (const token of [undefined, 'one-time-token']) {
    const again = startAtom(argumentsFor(server, dir, token))
    await until('it is connected', isConnected(again))
    await again.kill()
  }
  expect(server.state.registrations).toBe(1)
})

test('a token that is unknown, used or too old ends it with its own exit code', async () => {
  const server = await startProtocolServer()
  const atom = startAtom(argumentsFor(server, await newDirectory(), 'another-token'))
  expect(await atom.exited).toBe(exitCodes.registrationRefused)
  expect(atom.output.text).toContain('The registration was refused: Refused with token-unusable.')
})

test('a registration whose answer was lost is finished by the next start', async () => {
  const server = await startProtocolServer()
  const dir = await newDirectory()
  const answered = Promise.withResolvers<void>()
  server.fault('/registration', async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { credential } = JSON.parse(Buffer.concat(chunks).toString()) as { credential: string }
    server.state.credentials.add(credential)
    server.state.token = undefined
    response.destroy()
    answered.resolve()
  })
  const first = startAtom(argumentsFor(server, dir, 'one-time-token'))
  await answered.promise
  await first.kill()

  const second = startAtom(argumentsFor(server, dir, 'one-time-token'))
  await until('it is connected', isConnected(second))
})

test('revoked: it ends with its own exit code, also while it waits, and a new token brings it back', async () => {
  const { server, dir, atom } = await registeredAtom()
  server.state.credentials.clear()
  server.state.heldAccountIds = ['account-9']
  server.wake()
  expect(await atom.exited).toBe(exitCodes.credentialRevoked)
  expect(atom.output.text).toContain('was revoked')

  const without = startAtom(argumentsFor(server, dir))
  expect(await without.exited).toBe(exitCodes.credentialRevoked)

  server.state.token = 'second-token'
  const again = startAtom(argumentsFor(server, dir, 'second-token'))
  await until('it is connected', isConnected(again))
})

test('the credential is replaced on demand', async () => {
  const { server, dir, atom } = await registeredAtom()
  const [before] = server.state.credentials
  await atom.kill()
  const again = startAtom([...argumentsFor(server, dir), '--rotate-credential'])
  await until('it is connected', isConnected(again))
  const [after] = server.state.credentials
  expect(after).not.toBe(before)
  expect(await keptIn(dir)).toMatchObject({ credential: after, next: null })
})

test('a replacement whose answer was lost leaves nobody outside', async () => {
  const { server, dir, atom } = await registeredAtom()
  await atom.kill()
  server.fault('/credential', async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { credential } = JSON.parse(Buffer.concat(chunks).toString()) as { credential: string }
    server.state.credentials.clear()
    server.state.credentials.add(credential)
    response.destroy()
  })
  const again = startAtom([...argumentsFor(server, dir), '--rotate-credential'])
  await until('it is connected', isConnected(again))
  const [after] = server.state.credentials
  expect(await keptIn(dir)).toMatchObject({ credential: after, next: null })
})

test('one agent a directory', async () => {
  const { server, dir, atom } = await registeredAtom()
  const second = startAtom(argumentsFor(server, dir))
  expect(await second.exited).toBe(exitCodes.directoryUnusable)
  expect(second.output.text).toContain('Another Atom already runs')
  await atom.kill()
  const third = startAtom(argumentsFor(server, dir))
  await until('it is connected', isConnected(third))
})

test('a directory that cannot be used, and one with a damaged credential', async () => {
  const server = await startProtocolServer()
  const dir = await newDirectory()
  const file = join(dir, 'file')
  await writeFile(file, '')
  expect(await startAtom(argumentsFor(server, join(file, 'below'), 'token')).exited).toBe(
    exitCodes.directoryUnusable,
  )

  await writeFile(join(dir, 'credential.json'), '{"credential":')
  const damaged = startAtom(argumentsFor(server, dir, 'token'))
  expect(await damaged.exited).toBe(exitCodes.directoryUnusable)
  expect(damaged.output.text).toContain('is damaged')
})

test('ends with its parent when told so', async () => {
  const { atom } = await registeredAtom('--stop-with-stdin')
  atom.child.stdin.end()
  expect(await atom.exited).toBe(exitCodes.stopped)
})
