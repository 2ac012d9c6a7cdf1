import type { Tx } from '@packline/database/client.ts'
import {
  type ComponentType,
  componentTypeTable,
} from '@packline/domain/packaged-components/component-type.ts'
import { z } from 'zod'
import type { AccountScope } from '../../platform/actor.ts'

const isComponentType = (code: string): code is ComponentType => Object.hasOwn(componentTypeTable, code)

const componentRow = z.object({
  id: z.uuid(),
  accountId: z.string(),
  name: z.string(),
  type: z.string().refine(isComponentType),
  containsProcessRoute: z.boolean(),
})

const packageRow = z.object({
  id: z.uuid(),
  componentId: z.uuid(),
  ordinal: z.number(),
  version: z.string(),
  shareable: z.boolean(),
  isDeleted: z.boolean(),
})

/**
 * These components of the account and the packages of theirs that may be added. Both stay as they are until the
 * transaction ends, so that nobody deletes meanwhile what goes into a pack.
 */
export async function lockAddable(tx: Tx, scope: AccountScope, componentIds: readonly string[]) {
  const ids = [...componentIds]
  const components = await tx.$queryRaw`
    select id, "accountId", name, type, "containsProcessRoute" from "Component"
    where id = any(${ids}::uuid[]) and "accountId" = ${scope} and "deletedAt" is null
    order by id for share`
  const packages = await tx.$queryRaw`
    select id, "componentId", ordinal, version, shareable, false as "isDeleted" from "PackagedComponent"
    where "componentId" = any(${ids}::uuid[]) and "accountId" = ${scope} and shareable and "deletedAt" is null
    order by id for share`
  return {
    components: z.array(componentRow).parse(components),
    packages: z.array(packageRow).parse(packages),
  }
}
