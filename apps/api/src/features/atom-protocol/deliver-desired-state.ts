import { createHash } from 'node:crypto'
import type { Database } from '@packline/database/client.ts'
import { nameFiles } from '@packline/domain/deliveries/deployment-files.ts'
import type { WakeUps } from '../../platform/atom-wake-ups.ts'
import { batchLoads } from '../../platform/batch-loads.ts'
import { type DesiredRow, readDesired } from './desired-state.store.ts'

/** Nodes that one query asks for. */
const nodesTogether = 250

type Asked = { nodeId: string; after: string | undefined; waitMillis: number; gone: AbortSignal }
type Desired = ReturnType<typeof desiredOf>

export type DeliverDesiredStateOutcome =
  | { kind: 'desired'; desired: Desired }
  | { kind: 'unchanged' }
  | { kind: 'refused'; reason: 'node-removed' }

/**
 * Tells a node what it should run as soon as that differs from what it knows. It looks once at the beginning and once
 * for every signal that concerns it; between these a waiting node costs nothing, however many there are.
 */
export function deliverDesiredState(db: Database, wakeUps: WakeUps) {
  const load = batchLoads((nodeIds) => readDesired(db, nodeIds), { size: nodesTogether })

  return async ({ nodeId, after, waitMillis, gone }: Asked): Promise<DeliverDesiredStateOutcome> => {
    const deadline = performance.now() + waitMillis
    const waiting = await wakeUps.join()
    try {
      for (;;) {
        const row = await load(nodeId)
        if (!row) return { kind: 'refused', reason: 'node-removed' }
        const desired = desiredOf(row)
        if (desired.revision !== after) return { kind: 'desired', desired }
        waiting.concerns([nodeId, row.atomId, ...row.environmentIds])
        const woken = await waiting.next(Math.max(0, deadline - performance.now()), gone)
        if (woken !== 'woken') return { kind: 'unchanged' }
      }
    } finally {
      waiting.leave()
    }
  }
}

/** As it goes over the wire, with a revision that is the same exactly when everything else is. */
function desiredOf({ deployments, heldAccountIds }: DesiredRow) {
  const state = {
    deployments: deployments.map((deployment) => ({
      ...deployment,
      packages: nameFiles(deployment.packages).map(({ componentId: _only, ...shown }) => shown),
    })),
    heldAccountIds: heldAccountIds.toSorted(),
  }
  return { revision: createHash('sha256').update(JSON.stringify(state)).digest('base64url'), ...state }
}
