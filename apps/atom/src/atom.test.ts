import { readdir, readFile, readlink, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DeploymentView } from '@packline/contract/atom-protocol.ts'
import { expect, test } from 'vitest'
import { newDirectory, startAtom, until } from './test/atom-process.ts'
import { type ProtocolServer, refuse, startProtocolServer } from './test/protocol-server.ts'

const currentFile = (dir: string, { attachmentId }: DeploymentView, name = 'orders-to-erp.xml') =>
  readFile(join(dir, 'deployments', attachmentId, 'current', name), 'utf8').catch(() => undefined)

const statesOf = ({ state }: ProtocolServer, { releaseId }: DeploymentView) =>
  state.reports.filter((report) => report.releaseId === releaseId).map((report) => report.state)

const isActive = (server: ProtocolServer, deployment: DeploymentView) => () =>
  statesOf(server, deployment).at(-1) === 'ACTIVE'

function isRunning(pid: number) {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function startPair(args: readonly string[] = []) {
  const server = await startProtocolServer()
  const dir = await newDirectory()
  const all = ['--url', server.url, '--dir', dir, '--token', 'one-time-token', ...args]
  return { server, dir, start: (...more: string[]) => startAtom([...all, ...more]) }
}

test('registers, fetches, activates, follows updates, and removes what is wanted no more', async () => {
  const { server, dir, start } = await startPair(['--json'])
  const first = server.deploymentOf([server.addPackage('one'), server.addPackage('map', 'order-map.xml')])
  server.state.deployments = [first]
  const atom = start()
  await until('the first release is active', isActive(server, first))
  expect(await currentFile(dir, first)).toBe('one')
  expect(await currentFile(dir, first, 'order-map.xml')).toBe('map')
  expect(await readlink(join(dir, 'deployments', first.attachmentId, 'current'))).toBe(first.releaseId)
  expect((await stat(join(dir, 'credential.json'))).mode & 0o777).toBe(0o600)
  expect(statesOf(server, first)).toEqual(['DOWNLOADING', 'ACTIVE'])

  const kept = first.packages.slice(1)
  const second = {
    ...first,
    releaseId: crypto.randomUUID(),
    sequence: 2,
    packages: [server.addPackage('two'), ...kept],
  }
  server.state.deployments = [second]
  server.state.ranges = []
  server.wake()
  await until('the second release is active', isActive(server, second))
  expect(await currentFile(dir, second)).toBe('two')
  expect(await currentFile(dir, second, 'order-map.xml')).toBe('map')
  expect(server.state.ranges, 'what stays the same does not travel again').toHaveLength(1)
  expect((await readdir(join(dir, 'deployments', first.attachmentId))).toSorted()).toEqual(
    [second.releaseId, 'current'].toSorted(),
  )

  server.state.deployments = []
  server.wake()
  await until('nothing is left', async () => (await readdir(join(dir, 'deployments'))).length === 0)

  atom.child.kill('SIGTERM')
  expect(await atom.exited).toBe(0)
  const lines = atom.output.text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { event: string })
  expect(lines.map(({ event }) => event)).toEqual(
    expect.arrayContaining(['registered', 'online', 'download-started', 'activated', 'removed', 'stopped']),
  )
})

test('a suspended account keeps what it runs, and gets nothing new', async () => {
  const { server, dir, start } = await startPair()
  const mine = server.deploymentOf([server.addPackage('mine')])
  const other = server.deploymentOf([server.addPackage('theirs')], { accountId: 'account-2' })
  server.state.deployments = [mine, other]
  start()
  await until('both run', () => isActive(server, mine)() && isActive(server, other)())

  server.state.deployments = [other]
  server.state.heldAccountIds = ['account-1']
  server.wake()
  const next = { ...other, releaseId: crypto.randomUUID(), packages: [server.addPackage('theirs 2')] }
  server.state.deployments = [next]
  server.wake()
  await until('the other account goes on', isActive(server, next))
  expect(await currentFile(dir, mine)).toBe('mine')
})

test('a broken connection is gone on from where it broke', async () => {
  const { server, dir, start } = await startPair()
  const content = 'x'.repeat(200_000)
  const deployment = server.deploymentOf([server.addPackage(content)])
  server.state.deployments = [deployment]
  server.fault('/packages', (_request, response) => {
    response.writeHead(200, { 'content-length': 200_000 })
    response.write(content.slice(0, 70_000), () => setTimeout(() => response.destroy(), 50))
  })
  start()
  await until('it is active', isActive(server, deployment))
  expect(server.state.ranges).toEqual(['bytes=70000-'])
  expect(await currentFile(dir, deployment)).toBe(content)
  expect(statesOf(server, deployment)).not.toContain('FAILED')
})

test('content with another digest is never activated, reported, and fetched again', async () => {
  const { server, dir, start } = await startPair()
  const deployment = server.deploymentOf([server.addPackage('what was released')])
  server.state.deployments = [deployment]
  server.fault(
    '/packages',
    (_request, response) => void response.writeHead(200).end('something els'.padEnd(17)),
  )
  start()
  await until('the failure is reported', () => statesOf(server, deployment).includes('FAILED'))
  expect(server.state.reports.find(({ state }) => state === 'FAILED')?.cause).toContain('announced digest')
  expect(await currentFile(dir, deployment)).toBeUndefined()
  await until('the second try is active', isActive(server, deployment))
  expect(await currentFile(dir, deployment)).toBe('what was released')
})

test('killed in the middle of a download: the old release stays, the new one is gone on with', async () => {
  const { server, dir, start } = await startPair()
  const first = server.deploymentOf([server.addPackage('one')])
  server.state.deployments = [first]
  const before = start('--slow', '40000')
  await until('the first release is active', isActive(server, first))

  const content = 'y'.repeat(100_000)
  const second = { ...first, releaseId: crypto.randomUUID(), packages: [server.addPackage(content)] }
  server.state.deployments = [second]
  server.wake()
  const part = join(
    dir,
    'deployments',
    first.attachmentId,
    `.${second.releaseId}.new`,
    'orders-to-erp.xml.part',
  )
  await until(
    'some bytes have arrived',
    async () => ((await stat(part).catch(() => undefined))?.size ?? 0) > 10_000,
  )
  await before.kill()
  expect(await currentFile(dir, first)).toBe('one')

  server.state.ranges = []
  start()
  await until('the second release is active', isActive(server, second))
  expect(server.state.ranges).toEqual([expect.stringMatching(/^bytes=[1-9]\d{4}-$/)])
  expect(await currentFile(dir, second)).toBe(content)
  expect(server.state.registrations).toBe(1)
})

test('killed in the middle of an activation: it is carried out again, to the end', async () => {
  const { server, dir, start } = await startPair()
  const marks = join(dir, 'marks')
  await writeFile(marks, '')
  const command = `echo run >> ${marks}; while [ ! -e ${dir}/go ]; do sleep 0.05; done`
  const deployment = server.deploymentOf([server.addPackage('one')])
  server.state.deployments = [deployment]
  const before = start('--on-activate', command)
  await until('the command runs', async () => (await readFile(marks, 'utf8')) === 'run\n')
  await before.kill()
  expect(statesOf(server, deployment)).not.toContain('ACTIVE')

  start('--on-activate', command)
  await until('the command runs again', async () => (await readFile(marks, 'utf8')) === 'run\nrun\n')
  expect(statesOf(server, deployment)).not.toContain('ACTIVE')
  await writeFile(join(dir, 'go'), '')
  await until('it is active', isActive(server, deployment))
  expect(server.state.ranges, 'what was complete is not fetched again').toHaveLength(1)
})

test('a command that takes too long is ended with all it started, and the old release runs on', async () => {
  const { server, dir, start } = await startPair()
  const first = server.deploymentOf([server.addPackage('one')])
  server.state.deployments = [first]
  const pidFile = join(dir, 'pid')
  const command = `if grep -q two orders-to-erp.xml; then sleep 60 & echo $! > ${pidFile}; wait; fi`
  start('--on-activate', command, '--on-activate-timeout', '1')
  await until('the first release is active', isActive(server, first))

  const second = { ...first, releaseId: crypto.randomUUID(), packages: [server.addPackage('two')] }
  server.state.deployments = [second]
  server.wake()
  await until('the failure is reported', () => statesOf(server, second).includes('FAILED'))
  expect(server.state.reports.find(({ state }) => state === 'FAILED')?.cause).toBe(
    'The on-activate command took longer than 1 s and was ended.',
  )
  expect(await currentFile(dir, first)).toBe('one')
  const child = Number(await readFile(pidFile, 'utf8'))
  await until('what the command started is gone', () => !isRunning(child))
})

test('a command that fails is reported with what it said, and tried again at once when somebody asks', async () => {
  const { server, dir, start } = await startPair()
  const deployment = server.deploymentOf([server.addPackage('one')])
  server.state.deployments = [deployment]
  start('--on-activate', `[ -e ${dir}/ok ] || { echo "no such queue" >&2; exit 7; }`)
  await until('it has failed', () => statesOf(server, deployment).includes('FAILED'))
  expect(server.state.reports.find(({ state }) => state === 'FAILED')?.cause).toBe(
    'The on-activate command ended with exit code 7. It said: no such queue',
  )
  await writeFile(join(dir, 'ok'), '')
  server.state.deployments = [{ ...deployment, retry: 1 }]
  server.wake()
  await until('it is active', isActive(server, deployment))
})

test('goes on when the server was away', async () => {
  const { server, dir, start } = await startPair()
  const first = server.deploymentOf([server.addPackage('one')])
  server.state.deployments = [first]
  const atom = start()
  await until('the first release is active', isActive(server, first))
  await server.stop()
  const second = { ...first, releaseId: crypto.randomUUID(), packages: [server.addPackage('two')] }
  server.state.deployments = [second]
  await until('it has noticed', () => atom.output.text.includes('The connection is lost.'))
  await server.restart()
  await until('the second release is active', isActive(server, second))
  expect(await currentFile(dir, second)).toBe('two')
})

test('damage on the disk is noticed at start and mended', async () => {
  const { server, dir, start } = await startPair()
  const deployment = server.deploymentOf([server.addPackage('one')])
  server.state.deployments = [deployment]
  const before = start()
  await until('it is active', isActive(server, deployment))
  await before.kill()
  await writeFile(
    join(dir, 'deployments', deployment.attachmentId, deployment.releaseId, 'orders-to-erp.xml'),
    'onx',
  )
  server.state.reports = []
  start()
  await until('it is active again', isActive(server, deployment))
  expect(await currentFile(dir, deployment)).toBe('one')
})

test('demonstrations: slow, and failing once', async () => {
  const { server, start } = await startPair()
  const deployment = server.deploymentOf([server.addPackage('z'.repeat(3_000))])
  server.state.deployments = [deployment]
  const started = performance.now()
  start('--slow', '3000', '--fail-once')
  await until('it is active', isActive(server, deployment))
  expect(performance.now() - started).toBeGreaterThan(1_000)
  expect(new Set(statesOf(server, deployment))).toEqual(new Set(['DOWNLOADING', 'FAILED', 'ACTIVE']))
})

test('a refused report harms nothing', async () => {
  const { server, start } = await startPair()
  const deployment = server.deploymentOf([server.addPackage('one')])
  server.state.deployments = [deployment]
  server.fault('/reports', (_request, response) => refuse(response, 409, 'release-superseded'))
  start()
  await until('it is active', isActive(server, deployment))
})
