import { addAtom } from '../../features/atoms/add-atom.ts'
import { atomRefusal } from '../../features/atoms/atoms.refusals.ts'
import { editAtom } from '../../features/atoms/edit-atom.ts'
import { removeAtom } from '../../features/atoms/remove-atom.ts'
import { attribute, element, listOf, objectOf, shape, texts } from '../codec/shape.ts'
import { absent } from './absent.ts'
import { atoms } from './atom.views.ts'
import { platformObject, refusedBecause } from './platform-object.ts'
import { oneOf, required, uuidOf } from './request-fields.ts'

const nodeShape = shape('NodeDetails', {
  nodeId: element.text,
  hostName: element.text,
  status: element.text,
  clusterProblem: element.text,
})

/**
 * A runtime. A new one registers itself with the one-time token that the console gives out. Settings that Atoms here do
 * not have, such as purging, are accepted and without effect.
 */
export const atom = platformObject({
  shape: shape('Atom', {
    id: attribute.text,
    name: attribute.text,
    hostName: attribute.text,
    type: attribute.text,
    status: attribute.text,
    statusDetail: attribute.text,
    currentVersion: attribute.text,
    dateInstalled: attribute.dateTime,
    createdBy: attribute.text,
    purgeHistoryDays: attribute.integer,
    purgeImmediate: attribute.boolean,
    forceRestartTime: attribute.integer,
    cloudId: attribute.text,
    cloudName: attribute.text,
    cloudOwnerName: attribute.text,
    cloudMoleculeId: attribute.text,
    cloudMoleculeName: attribute.text,
    instanceId: attribute.text,
    isCloudAttachment: attribute.boolean,
    capabilities: texts,
    cluster: objectOf(shape('Nodes', { node: listOf(nodeShape) })),
  }),
  reading: {
    action: 'view-environments',
    source: atoms,
    get: true,
    query: true,
    rowsOf: ({ key, isCloudAttachment }, { accountId }) => [
      isCloudAttachment === true
        ? { table: 'CloudAccount', where: { atomId: String(key), accountId } }
        : { table: 'Atom', where: { id: String(key) } },
    ],
  },
  create: {
    action: 'add-atom',
    run: async ({ tx, actor, now, body }) => {
      const type = oneOf(body.type ?? 'ATOM', 'type', ['ATOM', 'MOLECULE', 'CLOUD'])
      const draft = { name: required(body.name, 'name'), type, environmentId: null }
      const outcome = await addAtom(tx, actor, draft, now)
      return outcome.kind === 'added'
        ? { kind: 'saved', id: outcome.atomId }
        : refusedBecause(atomRefusal(outcome.reason))
    },
  },
  update: {
    action: 'edit-atom',
    run: async ({ tx, actor, now, id, body }) => {
      const atomId = uuidOf(id, 'id')
      const outcome = await editAtom(tx, actor, { atomId, name: body.name }, now)
      if (outcome.kind === 'edited') return { kind: 'saved', id: atomId }
      return outcome.kind === 'absent' ? absent('Atom', id) : refusedBecause(atomRefusal(outcome.reason))
    },
  },
  remove: {
    action: 'remove-atom',
    run: async ({ tx, actor, now, id }) => {
      const outcome = await removeAtom(tx, actor, uuidOf(id, 'id'), now)
      if (outcome.kind === 'removed') return { kind: 'deleted' }
      return outcome.kind === 'absent' ? absent('Atom', id) : refusedBecause(atomRefusal(outcome.reason))
    },
  },
})
