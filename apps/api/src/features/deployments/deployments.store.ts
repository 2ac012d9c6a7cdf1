import type { Tx } from '@packline/database/client.ts'
import { componentTypesByLabel } from '@packline/domain/packaged-components/component-type.ts'
import type { ListenerStatus } from '@packline/domain/deployments/listener-status.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'

const listenerStatus = z.enum(['RUNNING', 'PAUSED']).nullable()

const deployable = z.object({
  id: z.uuid(),
  componentId: z.uuid(),
  componentType: z.enum(componentTypesByLabel),
  componentName: z.string(),
  version: z.string(),
  isDeleted: z.boolean(),
})

/** The account's package, kept from being deleted until the transaction ends; undefined when it has none of that id. */
export async function sharePackage(tx: Tx, scope: AccountScope, packageId: string) {
  const rows = await tx.$queryRaw`
    select id, "componentId", "componentType", "componentName", version, "deletedAt" is not null as "isDeleted"
    from "PackagedComponent" where id = ${packageId}::uuid and "accountId" = ${scope} for share`
  return z.array(deployable).parse(rows)[0]
}

const former = z.object({ version: z.number(), listenerStatus })

type Slot = { environmentId: string; componentId: string }

/** The last deployment of a component in an environment that the caller has locked, whether it runs or not. */
export async function findFormer(tx: Tx, { environmentId, componentId }: Slot) {
  const rows = await tx.$queryRaw`
    select version, "listenerStatus" from "Deployment"
    where "environmentId" = ${environmentId}::uuid and "componentId" = ${componentId}::uuid
    order by version desc limit 1`
  return z.array(former).parse(rows)[0]
}

export type NewDeployment = Slot & {
  accountId: AccountScope
  packageId: string
  version: number
  notes: string
  listenerStatus: ListenerStatus | null
  actorName: string
}

/** Deploys in place of what of the component ran there, and says the id. The caller has locked the environment. */
export async function insertDeployment(tx: Tx, one: NewDeployment, now: Temporal.Instant): Promise<string> {
  await tx.deployment.updateMany({
    where: { environmentId: one.environmentId, componentId: one.componentId, endedAt: null },
    data: { endedAt: now.toString(), endedByName: one.actorName },
  })
  const { actorName: deployedByName, ...facts } = one
  const { id } = await tx.deployment.create({
    data: { ...facts, deployedByName, deployedAt: now.toString() },
    select: { id: true },
  })
  return id
}

const lockedDeployment = z.object({
  environmentId: z.uuid(),
  componentId: z.uuid(),
  packageId: z.uuid(),
  version: z.number(),
  isActive: z.boolean(),
  isThroughPack: z.boolean(),
})

/** The account's deployment, locked, or what is known under that id because a pack brought it. */
export async function lockDeployment(tx: Tx, scope: AccountScope, deploymentId: string) {
  const rows = await tx.$queryRaw`
    select "environmentId", "componentId", "packageId", version, "endedAt" is null as "isActive", false as "isThroughPack"
    from "Deployment" where id = ${deploymentId}::uuid and "accountId" = ${scope} for no key update`
  const [deployment] = z.array(lockedDeployment).parse(rows)
  if (deployment) return deployment
  const broughtByPack = await tx.$queryRaw`
    select "environmentId", "componentId", "packageId", version, "isActive", true as "isThroughPack"
    from "DeployedPackage" where id = ${deploymentId}::uuid and "accountId" = ${scope}`
  return z.array(lockedDeployment).parse(broughtByPack)[0]
}

export async function markEnded(tx: Tx, deploymentId: string, by: string, now: Temporal.Instant) {
  await tx.deployment.update({
    where: { id: deploymentId },
    data: { endedAt: now.toString(), endedByName: by },
  })
}
