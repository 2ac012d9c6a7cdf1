import { mayDo } from '@packline/domain/access/actions.ts'
import { deployPackage } from '../../features/deployments/deploy-package.ts'
import { deploymentRefusal } from '../../features/deployments/deployments.refusals.ts'
import { undeployPackage } from '../../features/deployments/undeploy-package.ts'
import { badData } from '../codec/bad-data.ts'
import { element, shape } from '../codec/shape.ts'
import { readByIds } from '../query/source.views.ts'
import { absent } from './absent.ts'
import { packageComponent } from './packaged-component.ts'
import { deployedPackages, packagedComponents } from './packaged-component.views.ts'
import { platformObject, refusedBecause, type WriteContext, type Written } from './platform-object.ts'
import { uuidOf } from './request-fields.ts'

/** What runs in the account's environments: by the packs attached to them, or deployed by itself. */
export const deployedPackage = platformObject({
  shape: shape('DeployedPackage', {
    deploymentId: element.text,
    version: element.integer,
    packageId: element.text,
    packageVersion: element.text,
    environmentId: element.text,
    componentId: element.text,
    componentVersion: element.integer,
    componentType: element.text,
    deployedDate: element.dateTime,
    deployedBy: element.text,
    notes: element.text,
    active: element.boolean,
    listenerStatus: element.text,
    message: element.text,
    branchName: element.text,
  }),
  reading: {
    action: 'view-installations',
    source: deployedPackages,
    get: true,
    query: true,
    rowsOf: ({ key }) => [{ table: 'Deployment', where: { id: String(key) } }],
  },
  create: { action: 'deploy-package', run: deploy },
  remove: {
    action: 'undeploy-package',
    run: async ({ tx, actor, now, id }) => {
      const outcome = await undeployPackage(tx, actor, uuidOf(id, 'id'), now)
      if (outcome.kind === 'undeployed') return { kind: 'deleted' }
      return outcome.kind === 'absent'
        ? absent('DeployedPackage', id)
        : refusedBecause(deploymentRefusal(outcome.reason))
    },
  },
})

type Context = WriteContext<{
  environmentId?: string | undefined
  packageId?: string | undefined
  componentId?: string | undefined
  notes?: string | undefined
  listenerStatus?: string | undefined
}>

/** Deploys a package, or packages a component's current revision first when only that is named. */
async function deploy(context: Context): Promise<Written> {
  const { tx, actor, now, body } = context
  const environmentId = uuidOf(body.environmentId, 'environmentId')
  const packaged = await packageToDeploy(context)
  if (packaged.kind !== 'saved') return packaged
  const { notes = '', listenerStatus } = body
  const input = { environmentId, packageId: packaged.id, notes, listenerStatus }
  const outcome = await deployPackage(tx, actor, input, now)
  return outcome.kind === 'deployed'
    ? { kind: 'saved', id: outcome.deploymentId }
    : refusedBecause(deploymentRefusal(outcome.reason))
}

async function packageToDeploy(context: Context): Promise<Written> {
  const { tx, actor, body } = context
  if (body.packageId === undefined || body.packageId.trim() === '') {
    const permission = mayDo('create-package', actor)
    if (permission.kind === 'allowed') {
      return packageComponent({ ...context, body: { componentId: body.componentId } })
    }
    return refusedBecause({ status: 403, code: permission.reason, message: permission.sentence })
  }
  const id = uuidOf(body.packageId, 'packageId')
  const found = (await readByIds(tx, actor, packagedComponents, [id])).get(id)
  if (!found) return absent('PackagedComponent', id)
  if (body.componentId && uuidOf(body.componentId, 'componentId') !== found['componentId']) {
    throw badData(
      'The package of this packageId is not one of the component of this componentId. Send one of the two.',
    )
  }
  return { kind: 'saved', id }
}
