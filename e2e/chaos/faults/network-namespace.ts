import { execFile, spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { promisify } from 'node:util'
import { atExit } from '../product/at-exit.ts'
import type { RowContext } from '../row.ts'

const execute = promisify(execFile)

export type NetworkNamespace = {
  /** This machine, as it is seen from there, and the other way round. */
  hostAddress: string
  address: string
  /** What starts a command there: what stands before it. */
  through: readonly string[]
}

/**
 * A network of its own on this machine, with one line to the rest of it; in Linux, as root, with iproute2 and nftables.
 * Undefined for everybody else.
 */
export async function makeNamespace({
  afterwards,
}: Pick<RowContext, 'afterwards'>): Promise<NetworkNamespace | undefined> {
  // Of the addresses that are kept for measurements, four for each of 32,768 lines.
  const number = randomInt(2 ** 15)
  const [first, second] = [1, 2].map((last) => addressAt(number * 4 + last))
  const [name, line] = [`packline-${number}`, `packline${number}`]
  if (!first || !second) return undefined
  // By its name it is nobody else's.
  if (!(await succeeds('ip', ['netns', 'add', name]))) return undefined
  const undo = () => {
    // With the line goes its other end, at once; the namespace may wait for whoever still runs in it.
    spawnSync('ip', ['link', 'delete', line])
    spawnSync('ip', ['netns', 'delete', name])
  }
  const forget = atExit(undo)
  const remove = () => {
    undo()
    forget()
  }
  const steps = [
    ['ip', 'link', 'add', line, 'type', 'veth', 'peer', 'name', 'host', 'netns', name],
    ['ip', 'address', 'add', `${first}/30`, 'dev', line],
    ['ip', 'link', 'set', line, 'up'],
    ['ip', '-n', name, 'address', 'add', `${second}/30`, 'dev', 'host'],
    ['ip', '-n', name, 'link', 'set', 'lo', 'up'],
    ['ip', '-n', name, 'link', 'set', 'host', 'up'],
    ['ip', '-n', name, 'route', 'add', 'default', 'via', first],
    // Sees whether there is a firewall, before anything depends on it.
    ['ip', 'netns', 'exec', name, 'nft', 'list', 'ruleset'],
  ] as const
  for (const [command, ...parts] of steps) {
    if (await succeeds(command, parts)) continue
    remove()
    return undefined
  }
  afterwards(remove)
  return { hostAddress: first, address: second, through: ['ip', 'netns', 'exec', name] }
}

const succeeds = (command: string, parts: readonly string[]) =>
  execute(command, parts).then(
    () => true,
    () => false,
  )

const addressAt = (number: number) => `198.${18 + (number >> 16)}.${(number >> 8) & 255}.${number & 255}`

/** Loses all packets of the namespace from and to that port elsewhere; nobody is told. */
export async function dropPackets({ through: [command = '', ...before] }: NetworkNamespace, port: number) {
  const rules = `
    table inet packline {
      chain out { type filter hook output priority 0; tcp dport ${port} drop; }
      chain in { type filter hook input priority 0; tcp sport ${port} drop; }
    }`
  await execute(command, [...before, 'nft', rules])
}

export const letPacketsPass = ({ through: [command = '', ...before] }: NetworkNamespace) =>
  execute(command, [...before, 'nft', 'delete', 'table', 'inet', 'packline'])
