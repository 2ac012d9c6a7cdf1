import { attachInstallation } from '../../features/installations/attach-installation.ts'
import { attachToAtoms } from '../../features/installations/attach-to-atoms.ts'
import { detachFromAtom } from '../../features/installations/detach-from-atom.ts'
import { detachInstallation } from '../../features/installations/detach-installation.ts'
import { atomPlaceRefusal, attachRefusal } from '../../features/installations/installations.refusals.ts'
import { attribute, shape } from '../codec/shape.ts'
import { absent } from './absent.ts'
import { encodeId, idPatterns } from './conceptual-id.ts'
import { atomAttachments, environmentAttachments } from './integration-pack.views.ts'
import { platformObject, refusedBecause } from './platform-object.ts'
import { partsOf, uuidOf } from './request-fields.ts'

const name = 'IntegrationPackEnvironmentAttachment'

export const integrationPackEnvironmentAttachment = platformObject({
  shape: shape(name, {
    id: attribute.text,
    environmentId: attribute.text,
    integrationPackInstanceId: attribute.text,
  }),
  reading: { action: 'view-installations', source: environmentAttachments, get: false, query: true },
  create: {
    action: 'attach-pack',
    run: async ({ tx, actor, body }) => {
      const { integrationPackInstanceId: instanceId } = body
      const environmentId = uuidOf(body.environmentId, 'environmentId')
      const [installationId = ''] = partsOf(instanceId, 'integrationPackInstanceId', idPatterns.instance)
      const target = { installationId, environmentIds: [environmentId] }
      const outcome = await attachInstallation(tx, actor, target)
      if (outcome.kind === 'attached') {
        return { kind: 'saved', id: encodeId(`ATTACH_IPACK_ENV${installationId}:${environmentId}`) }
      }
      return outcome.kind === 'absent'
        ? absent('IntegrationPackInstance', instanceId ?? '')
        : refusedBecause(attachRefusal(outcome.reason, outcome.environmentNames))
    },
  },
  remove: {
    action: 'detach-pack',
    run: async ({ tx, actor, id }) => {
      const [installationId = '', environmentId = ''] = partsOf(id, 'id', idPatterns.environmentAttachment)
      const target = { installationId, environmentIds: [environmentId] }
      const outcome = await detachInstallation(tx, actor, target)
      if (outcome.kind === 'detached') return { kind: 'deleted' }
      return absent(name, id)
    },
  },
})

const atomName = 'IntegrationPackAtomAttachment'

/** For accounts with legacy deployment, which attach packs to Atoms in place of environments. */
export const integrationPackAtomAttachment = platformObject({
  shape: shape(atomName, {
    id: attribute.text,
    atomId: attribute.text,
    integrationPackInstanceId: attribute.text,
  }),
  reading: { action: 'view-installations', source: atomAttachments, get: false, query: true },
  create: {
    action: 'attach-pack',
    run: async ({ tx, actor, now, body }) => {
      const { integrationPackInstanceId: instanceId } = body
      const atomId = uuidOf(body.atomId, 'atomId')
      const [installationId = ''] = partsOf(instanceId, 'integrationPackInstanceId', idPatterns.instance)
      const outcome = await attachToAtoms(tx, actor, { installationId, atomIds: [atomId] }, now)
      switch (outcome.kind) {
        case 'attached':
          return { kind: 'saved', id: encodeId(`ATTACH_IPACK_ATOM${installationId}:${atomId}`) }
        case 'absent':
          return absent('IntegrationPackInstance', instanceId ?? '')
        case 'refused':
          return refusedBecause(atomPlaceRefusal(outcome.reason))
        case 'not-attached-to':
          return refusedBecause(attachRefusal(outcome.reason, outcome.environmentNames))
      }
    },
  },
  remove: {
    action: 'detach-pack',
    run: async ({ tx, actor, id }) => {
      const [installationId = '', atomId = ''] = partsOf(id, 'id', idPatterns.packAtomAttachment)
      const outcome = await detachFromAtom(tx, actor, { installationId, atomId })
      return outcome.kind === 'detached' ? { kind: 'deleted' } : absent(atomName, id)
    },
  },
})
