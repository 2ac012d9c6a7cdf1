import { createHash, randomBytes } from 'node:crypto'

import { atomEndpoints, atomProtocolBase, type DesiredState } from '@packline/contract/atom-protocol.ts'

/** Atoms as far as the network goes: the real protocol, without a disk. */
export async function connectAtoms(url: string, tokens: readonly string[]) {
  const base = `${url}${atomProtocolBase}`
  const waiting = [...tokens]
  const atoms: SimulatedAtom[] = []
  const register = async () => {
    for (let token = waiting.pop(); token !== undefined; token = waiting.pop())
      atoms.push(await connectAtom(base, token))
  }
  await Promise.all(Array.from({ length: 20 }, register))
  return atoms
}

export type SimulatedAtom = Awaited<ReturnType<typeof connectAtom>>

async function connectAtom(base: string, token: string) {
  const credential = randomBytes(32).toString('base64url')
  const headers = { authorization: `Bearer ${credential}` }
  const body = JSON.stringify({ token, nodeName: 'simulated', agentVersion: 'bench', credential })
  const registered = await fetch(base + atomEndpoints.register.path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': someAddress() },
    body,
  })
  if (registered.status !== 201) throw new Error(`Not registered: ${await registered.text()}`)

  let known: DesiredState | undefined
  const poll = async () => {
    const query = new URLSearchParams(known ? { after: known.revision } : {})
    const answer = await fetch(`${base}${atomEndpoints.getDesired.path}?${query.toString()}`, { headers })
    if (answer.status === 204) return false
    if (answer.status !== 200) throw new Error(`Not answered: ${await answer.text()}`)
    // The protocol's own shape, as its tests hold it to.
    known = (await answer.json()) as DesiredState
    return true
  }

  return {
    /** Asks once, so that it knows where it stands. */
    look: poll,
    /** Waits, poll after poll, until it hears of another release; says when. */
    untilHeard: async () => {
      const before = known?.deployments[0]?.releaseId
      while (known?.deployments[0]?.releaseId === before) await poll()
      return performance.now()
    },
    /** Fetches, verifies and reports what it should run, as the real one does. */
    fetchAll: async () => {
      for (const { attachmentId, releaseId, packages } of known?.deployments ?? []) {
        for (const { packageId, sha256 } of packages) {
          const path = atomEndpoints.downloadPackage.path.replace(':packageId', packageId)
          const content = Buffer.from(await (await fetch(base + path, { headers })).arrayBuffer())
          if (createHash('sha256').update(content).digest('hex') !== sha256) throw new Error('A wrong digest')
        }
        const report = await fetch(base + atomEndpoints.report.path, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify({ attachmentId, releaseId, state: 'ACTIVE' }),
        })
        if (!report.ok) throw new Error(`The report was refused: ${await report.text()}`)
      }
    },
  }
}

const someAddress = () => ['10', ...randomBytes(3)].join('.')
