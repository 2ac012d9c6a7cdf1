import { createPackages } from '../../features/packaged-components/create-packages.ts'
import { deletePackage } from '../../features/packaged-components/delete-package.ts'
import {
  draftRefusals,
  packageRefusals,
  useSentences,
} from '../../features/packaged-components/packaged-components.refusals.ts'
import { restorePackage } from '../../features/packaged-components/restore-package.ts'
import { badData } from '../codec/bad-data.ts'
import { attribute, element, listOf, shape } from '../codec/shape.ts'
import { readByIds } from '../query/source.views.ts'
import { absent } from './absent.ts'
import { manifests, packagedComponents } from './packaged-component.views.ts'
import { platformObject, refusedBecause, type WriteContext, type Written } from './platform-object.ts'
import { uuidOf } from './request-fields.ts'

const packagedComponentShape = shape('PackagedComponent', {
  packageId: element.text,
  packageVersion: element.text,
  componentId: element.text,
  componentVersion: element.integer,
  componentType: element.text,
  createdDate: element.dateTime,
  createdBy: element.text,
  notes: element.text,
  shareable: element.boolean,
  deleted: element.boolean,
  branchName: element.text,
  fullyPubliclyConsumable: element.boolean,
})

export const packagedComponent = platformObject({
  shape: packagedComponentShape,
  reading: {
    action: 'view-packages',
    source: packagedComponents,
    get: true,
    query: true,
    rowsOf: ({ key }) => [{ table: 'PackagedComponent', where: { id: String(key) } }],
  },
  create: {
    action: 'create-package',
    run: async (context) => {
      const { packageId } = context.body
      if (packageId === undefined || packageId.trim() === '') return packageComponent(context)
      return restore({ ...context, id: uuidOf(packageId, 'packageId') })
    },
  },
  remove: {
    action: 'delete-package',
    run: async ({ tx, actor, now, id }) => {
      const outcome = await deletePackage(tx, actor, now, uuidOf(id, 'id'))
      if (outcome.kind === 'deleted') return outcome
      if (outcome.reason === 'package-not-found') return absent('PackagedComponent', id)
      if (outcome.reason !== 'package-in-use') {
        return refusedBecause({ code: outcome.reason, ...packageRefusals[outcome.reason] })
      }
      const why = outcome.uses.map(
        ({ reason, where }) => `${useSentences[reason]} ${where.map(({ name }) => `“${name}”`).join(', ')}`,
      )
      return refusedBecause({
        status: 409,
        code: 'package-in-use',
        message: `This version cannot be deleted: ${why.join(', and ')}.`,
      })
    },
  },
})

type Context = WriteContext<{
  componentId?: string | undefined
  packageVersion?: string | undefined
  notes?: string | undefined
  shareable?: boolean | undefined
}>

/** Packages the component's current revision. */
export async function packageComponent({ tx, actor, now, body }: Context): Promise<Written> {
  const componentId = uuidOf(body.componentId, 'componentId')
  const { packageVersion = '', notes = '', shareable = false } = body
  const outcome = await createPackages(tx, actor, now, [
    { componentId, version: packageVersion, notes, shareable },
  ])
  if (outcome.kind === 'created') return { kind: 'saved', id: outcome.packageIds[0] ?? '' }
  if (outcome.reason !== 'drafts-refused') {
    return refusedBecause({ code: outcome.reason, ...packageRefusals[outcome.reason] })
  }
  const [problem] = outcome.problems
  if (!problem) throw new Error('A package was refused without a reason')
  return refusedBecause({ code: problem.reason, ...draftRefusals[problem.reason] })
}

/** Restores a deleted version, of which the ids and the version have to agree. */
async function restore({ tx, actor, now, id, body }: Context): Promise<Written> {
  const found = (await readByIds(tx, actor, packagedComponents, [id])).get(id)
  const componentId = body.componentId?.trim().toLowerCase()
  if (!found || found['componentId'] !== componentId || found['packageVersion'] !== body.packageVersion) {
    throw badData(
      'To restore a packaged component send its packageId, componentId and packageVersion as a query gives them; for a new one leave packageId out.',
    )
  }
  const outcome = await restorePackage(tx, actor, now, id)
  if (outcome.kind === 'restored') return { kind: 'saved', id }
  return outcome.reason === 'package-not-found'
    ? absent('PackagedComponent', id)
    : refusedBecause({ code: outcome.reason, ...packageRefusals[outcome.reason] })
}

export const packagedComponentManifest = platformObject({
  shape: shape('PackagedComponentManifest', {
    packageId: attribute.text,
    componentInfo: listOf(shape('ComponentInfo', { id: attribute.text, version: attribute.integer })),
  }),
  reading: { action: 'view-packages', source: manifests, get: true, query: false },
})
