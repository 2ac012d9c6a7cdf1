import type { RemovePackageOutcome } from '../../features/integration-packs/remove-package.ts'
import { addPackages, type AddPackagesOutcome } from '../../features/integration-packs/add-packages.ts'
import { createPack } from '../../features/integration-packs/create-pack.ts'
import { editPack } from '../../features/integration-packs/edit-pack.ts'
import { detailsRefusal } from '../../features/integration-packs/integration-packs.refusals.ts'
import { packageRefusal } from '../../features/integration-packs/pack-packages.refusals.ts'
import { removePackage } from '../../features/integration-packs/remove-package.ts'
import { deletePack } from '../../features/pack-deletion/delete-pack.ts'
import type { Refusal } from '../../platform/problems.ts'
import { packRefusal } from '../../read-models/pack-answer.ts'
import { findPackView } from '../../read-models/pack-view.ts'
import { badData } from '../codec/bad-data.ts'
import { attribute, element, listOf, objectOf, shape, type ValueOf } from '../codec/shape.ts'
import { platformObject, refusedBecause, type WriteContext, type Written } from './platform-object.ts'
import { publishedPacks } from './publisher-integration-pack.views.ts'
import { withComponents } from './published-components.ts'
import { oneOf, required, uuidOf } from './request-fields.ts'

const packShape = shape('PublisherIntegrationPack', {
  id: attribute.text,
  name: attribute.text,
  installationType: attribute.text,
  operationType: attribute.text,
  Description: element.text,
  PublisherPackagedComponents: objectOf(
    shape('PublisherPackagedComponents', {
      PublisherPackagedComponent: listOf(
        shape('PublisherPackagedComponent', {
          componentId: attribute.text,
          componentName: attribute.text,
          componentType: attribute.text,
          currentVersion: attribute.text,
          pendingVersion: attribute.text,
          latestVersion: attribute.text,
          deleted: attribute.boolean,
        }),
      ),
    }),
  ),
})
type Body = ValueOf<typeof packShape>

/** A pack as its publisher sees it. */
export const publisherIntegrationPack = platformObject({
  shape: packShape,
  features: ['publisher-integration-pack-api', 'integration-pack-api'],
  reading: {
    action: 'view-packs',
    source: publishedPacks,
    get: true,
    query: true,
    rowsOf: ({ key }) => [{ table: 'IntegrationPack', where: { id: String(key) } }],
    finish: withComponents,
  },
  create: { action: 'create-pack', run: create },
  update: { action: 'edit-pack', run: update },
  remove: {
    action: 'delete-pack',
    run: async ({ tx, actor, id, isCurrent }) => {
      const packId = uuidOf(id, 'id')
      const outcome = await deletePack(tx, actor, { packId, isCurrent })
      if (outcome.kind === 'deleted') return outcome
      return refusedBecause(await packRefusal(tx, actor.accountId, packId, outcome.reason))
    },
  },
})

async function create({ tx, actor, now, body }: WriteContext<Body>): Promise<Written> {
  if (body.Description === undefined) throw badData('Description is missing. Send it; it may be empty.')
  const type = oneOf(body.installationType, 'installationType', ['SINGLE', 'MULTI'])
  const draft = { name: required(body.name, 'name'), type, description: body.Description }
  const outcome = await createPack(tx, actor, draft, now)
  if (outcome.kind === 'refused') return refusedBecause(detailsRefusal(outcome.reason))

  const { packId } = outcome
  const componentIds = listed(body)
  if (componentIds.length === 0) return { kind: 'saved', id: packId }
  const added = await addPackages(tx, actor, { packId, componentIds, isCurrent: () => true }, now)
  return added.kind === 'refused' ? refusedBecause(contentsRefusal(added)) : { kind: 'saved', id: packId }
}

/**
 * Changes name, description and contents at once. The list of components is complete: one that is left out, or marked as
 * deleted, is removed with the next release. With operationType DELETE nothing new may be among them.
 */
async function update(context: WriteContext<Body>): Promise<Written> {
  const { tx, actor, now, id, body, isCurrent } = context
  const packId = uuidOf(id, 'id')
  const operation = oneOf(body.operationType, 'operationType', ['ADD', 'DELETE'])
  const before = await findPackView(tx, actor.accountId, packId)
  if (!before) return refusedBecause(await packRefusal(tx, actor.accountId, packId))

  const { installationType: type } = body
  if (type !== undefined && oneOf(type, 'installationType', ['SINGLE', 'MULTI']) !== before.type) {
    return refusedBecause(detailsRefusal('type-fixed'))
  }
  const change = { name: body.name, description: body.Description }
  const edited = await editPack(tx, actor, { packId, isCurrent, change }, now)
  if (edited.kind === 'refused') {
    return edited.reason === 'pack-missing' || edited.reason === 'pack-changed'
      ? refusedBecause(await packRefusal(tx, actor.accountId, packId, edited.reason))
      : refusedBecause(detailsRefusal(edited.reason))
  }
  return changeContents(context, { packId, operation, before })
}

type Contents = {
  packId: string
  operation: 'ADD' | 'DELETE'
  before: Awaited<ReturnType<typeof findPackView>>
}

async function changeContents(
  { tx, actor, now, body }: WriteContext<Body>,
  { packId, operation, before }: Contents,
): Promise<Written> {
  const wanted = new Set(listed(body))
  const rows = (before?.rows ?? [])
    .filter(({ isRemoved }) => !isRemoved)
    .map(({ componentId }) => componentId)
  const newcomers = [...wanted].filter((componentId) => !rows.includes(componentId))
  if (operation === 'DELETE' && newcomers.length > 0) {
    throw badData(
      'With operationType DELETE the list has those components of the pack that stay. To add some, send operationType ADD.',
    )
  }
  // The pack is locked since its details were saved, so nobody changes it in between.
  const target = { packId, isCurrent: () => true }
  for (const componentId of rows.filter((each) => !wanted.has(each))) {
    const removed = await removePackage(tx, actor, { ...target, componentId }, now)
    if (removed.kind === 'refused') return refusedBecause(contentsRefusal(removed))
  }
  if (newcomers.length > 0) {
    const added = await addPackages(tx, actor, { ...target, componentIds: newcomers }, now)
    if (added.kind === 'refused') return refusedBecause(contentsRefusal(added))
  }
  return { kind: 'saved', id: packId, with: { operationType: operation } }
}

function listed({ PublisherPackagedComponents: list }: Body): string[] {
  const rows = list?.PublisherPackagedComponent ?? []
  return rows
    .filter(({ deleted }) => deleted !== true)
    .map(({ componentId }) => uuidOf(componentId, 'componentId'))
}

function contentsRefusal(
  outcome: Extract<AddPackagesOutcome | RemovePackageOutcome, { kind: 'refused' }>,
): Refusal {
  if (outcome.reason !== 'pack-missing' && outcome.reason !== 'pack-changed') return packageRefusal(outcome)
  throw new Error('The pack vanished under its lock')
}
