import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { RowContext } from '../row.ts'
import type { Line } from './behind-proxy.ts'
import { dropPackets, letPacketsPass, makeNamespace, type NetworkNamespace } from './network-namespace.ts'

const execute = promisify(execFile)

/**
 * One more instance, in a network of its own, whose firewall can cut it off from the database. Undefined where no such
 * network can be made, or where this machine's own firewall lets nobody through.
 */
export async function startBehindFirewall(context: RowContext): Promise<Line | undefined> {
  const { stage, afterwards } = context
  const network = await makeNamespace(context)
  if (!network) return undefined
  const { hostAddress, address, through } = network
  await stage.postgres.listenAlsoOn(hostAddress, address)
  const url = new URL(stage.url)
  url.hostname = hostAddress
  if (!(await canReach(network, Number(url.port)))) return undefined

  const instance = stage.fleet.start({ databaseUrl: url.href, through, environment: { HOST: address } })
  afterwards(() => {
    instance.child.kill('SIGKILL')
    return instance.exited
  })
  await instance.ready
  return {
    instance,
    way: 'a firewall in a network namespace of its own',
    cut: () => dropPackets(network, Number(url.port)),
    heal: () => letPacketsPass(network),
  }
}

const canReach = ({ hostAddress, through: [command = '', ...before] }: NetworkNamespace, port: number) =>
  execute(
    command,
    [
      ...before,
      process.execPath,
      '-e',
      `require('node:net').connect(${port}, '${hostAddress}', () => process.exit())`,
    ],
    { timeout: 10_000 },
  ).then(
    () => true,
    () => false,
  )
