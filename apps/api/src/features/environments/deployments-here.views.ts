import type { EnvironmentView } from '@packline/contract/environments.ts'
import { deliveryView } from '@packline/contract/updates.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import { z } from 'zod'

const instant = z.date().transform((date) => date.toISOString())
const deploymentRow = z.object({
  deploymentId: z.uuid(),
  componentName: z.string(),
  version: z.string(),
  deployedAt: instant,
  deployedByName: z.string(),
})
const deliveryRow = deliveryView.extend({
  deploymentId: z.uuid(),
  progressBytes: z.bigint().transform(Number),
  totalBytes: z.bigint().transform(Number),
  changedAt: instant,
})

/**
 * The packages that were deployed to an environment by themselves, by name, and how far each node is with them; one that
 * has said nothing waits. Two statements. The caller has made sure that the environment may be read.
 */
export async function listDeploymentsHere(
  db: Database | Tx,
  environmentId: string,
): Promise<EnvironmentView['deployments']> {
  const deployments = z.array(deploymentRow).parse(
    await db.$queryRaw`
      select d.id as "deploymentId", p."componentName", p.version, d."deployedAt", d."deployedByName"
      from "Deployment" d join "PackagedComponent" p on p.id = d."packageId"
      where d."environmentId" = ${environmentId}::uuid and d."endedAt" is null
      order by lower(p."componentName"), d.id`,
  )
  if (deployments.length === 0) return []
  const deliveries = z.array(deliveryRow).parse(
    await db.$queryRaw`
      select o.id as "deploymentId", t.id as "atomId", t.name as "atomName", n.id as "nodeId", n.name as "nodeName",
        coalesce(d.state, 'WAITING') as state, d.cause, coalesce(d.attempts, 0) as attempts,
        coalesce(d."progressBytes", 0) as "progressBytes", coalesce(d."totalBytes", 0) as "totalBytes",
        coalesce(d."changedAt", o."deployedAt") as "changedAt"
      from "Deployment" o
      join "EnvironmentAtom" e on e."environmentId" = o."environmentId"
      join "Atom" t on t.id = e."atomId"
      join "AtomNode" n on n."atomId" = t.id
      left join "DeploymentDelivery" d on d."deploymentId" = o.id and d."nodeId" = n.id
      where o."environmentId" = ${environmentId}::uuid and o."endedAt" is null
      order by lower(t.name), lower(n.name), n.id`,
  )
  const byDeployment = Map.groupBy(deliveries, ({ deploymentId }) => deploymentId)
  return deployments.map((one) => ({
    ...one,
    deliveries: (byDeployment.get(one.deploymentId) ?? []).map(({ deploymentId: _id, ...shown }) => shown),
  }))
}
