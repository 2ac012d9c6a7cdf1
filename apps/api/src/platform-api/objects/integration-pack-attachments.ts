import { attachInstallation } from '../../features/installations/attach-installation.ts'
import { detachInstallation } from '../../features/installations/detach-installation.ts'
import { attachRefusal } from '../../features/installations/installations.refusals.ts'
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

const environmentsInstead = refusedBecause({
  status: 400,
  code: 'environments-on',
  message:
    'This account has environments, so packs are attached to them and not to Atoms. Use IntegrationPackEnvironmentAttachment.',
})

/** For accounts without environments only; there is none here, so there is nothing to list and nothing can be made. */
export const integrationPackAtomAttachment = platformObject({
  shape: shape('IntegrationPackAtomAttachment', {
    id: attribute.text,
    atomId: attribute.text,
    integrationPackInstanceId: attribute.text,
  }),
  reading: { action: 'view-installations', source: atomAttachments, get: false, query: true },
  create: { action: 'attach-pack', run: async () => environmentsInstead },
  remove: { action: 'detach-pack', run: async () => environmentsInstead },
})
