import type { Tx } from '@packline/database/client.ts'
import { z } from 'zod'
import type { AtomScope } from '../../platform/actor.ts'
import { keepReport, type NodeReport, wantedByNode } from '../../platform/node-report.ts'

type Place = { atomId: AtomScope; nodeId: string; componentId: string }

/**
 * What a node of this Atom should run of a component that was deployed by itself, and how far it is with it; undefined
 * when the component is deployed in none of the Atom's environments. The deployment stays until the transaction ends.
 */
export async function lockWantedDeployment(tx: Tx, { atomId, nodeId, componentId }: Place) {
  const rows = await tx.$queryRaw`
    select o."accountId", o."environmentId", e.name as "environmentName", p."componentName" as name,
      o.id as "wantedReleaseId", d.state
    from "EnvironmentAtom" t
    join "Deployment" o on o."environmentId" = t."environmentId" and o."accountId" = t."accountId"
      and o."endedAt" is null and o."componentId" = ${componentId}::uuid
    join "Environment" e on e.id = o."environmentId"
    join "PackagedComponent" p on p.id = o."packageId"
    left join "DeploymentDelivery" d on d."deploymentId" = o.id and d."nodeId" = ${nodeId}::uuid
    where t."atomId" = ${atomId}::uuid
    for share of o`
  return z.array(wantedByNode).parse(rows)[0]
}

/** Keeps how far a node is with a deployment. */
export async function saveDeploymentReport(
  tx: Tx,
  report: NodeReport & { deploymentId: string },
  now: Temporal.Instant,
) {
  const { columns, values, changes } = keepReport(report, now)
  await tx.$executeRaw`
    insert into "DeploymentDelivery" as kept ("deploymentId", "nodeId", ${columns})
    values (${report.deploymentId}::uuid, ${report.nodeId}::uuid, ${values})
    on conflict ("deploymentId", "nodeId") do update set ${changes}`
}

/** An Atom has left an environment: what its nodes had of the packages deployed there, they have to fetch again. */
export async function forgetDeployments(
  tx: Tx,
  { atomId, environmentId }: { atomId: string; environmentId: string },
) {
  await tx.$executeRaw`
    delete from "DeploymentDelivery" d using "AtomNode" n, "Deployment" o
    where d."nodeId" = n.id and n."atomId" = ${atomId}::uuid
      and o.id = d."deploymentId" and o."environmentId" = ${environmentId}::uuid`
}
