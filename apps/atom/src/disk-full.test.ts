import { execFileSync } from 'node:child_process'
import { mkdir, readFile, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { DeploymentView } from '@packline/contract/atom-protocol.ts'
import { expect, onTestFinished, test } from 'vitest'
import { newDirectory, startAtom, until } from './test/atom-process.ts'
import { startProtocolServer } from './test/protocol-server.ts'

const fileName = 'orders-to-erp.xml'

/**
 * A disk without room for the deployment: a small one of its own, which needs root, or else the kernel's own full
 * device in place of the file. Either way it is the kernel that says ENOSPC.
 */
async function fullDisk({ attachmentId, releaseId }: DeploymentView) {
  const dir = await newDirectory()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200k', 'tmpfs', dir], { stdio: 'ignore' })
    onTestFinished(() => void execFileSync('umount', ['-l', dir]))
    return { dir, makeRoom: () => Promise.resolve(execFileSync('mount', ['-o', 'remount,size=4m', dir])) }
  } catch {
    const incoming = join(dir, 'deployments', attachmentId, `.${releaseId}.new`)
    await mkdir(incoming, { recursive: true })
    await symlink('/dev/full', join(incoming, `${fileName}.part`))
    return { dir, makeRoom: () => rm(join(incoming, `${fileName}.part`)) }
  }
}

test('a full disk is reported with its cause, the Atom lives on, and goes on by itself when there is room', async () => {
  const server = await startProtocolServer()
  const content = 'w'.repeat(500_000)
  const deployment = server.deploymentOf([server.addPackage(content, fileName)])
  const { dir, makeRoom } = await fullDisk(deployment)
  const atom = startAtom(['--url', server.url, '--dir', dir, '--token', 'one-time-token'])
  await until('it is connected', () => atom.output.text.includes('Connected.'))
  server.state.deployments = [deployment]
  server.wake()
  const last = () => server.state.reports.at(-1)
  await until('the failure is reported', () => last()?.state === 'FAILED')
  expect(last()?.cause).toMatch(/^The disk of the Atom is full \(\d+ KB free\)\. Free some space;/)

  await makeRoom()
  await until('it is active', () => last()?.state === 'ACTIVE')
  const file = join(dir, 'deployments', deployment.attachmentId, 'current', fileName)
  expect(await readFile(file, 'utf8')).toBe(content)
  await atom.kill()
})
