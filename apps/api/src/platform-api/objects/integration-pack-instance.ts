import { installPack } from '../../features/installations/install-pack.ts'
import { attachRefusal, installRefusal } from '../../features/installations/installations.refusals.ts'
import { uninstallPack } from '../../features/installations/uninstall-pack.ts'
import { attribute, listOf, shape } from '../codec/shape.ts'
import { absent } from './absent.ts'
import { encodeId, idPatterns } from './conceptual-id.ts'
import { instances } from './integration-pack.views.ts'
import { platformObject, refusedBecause } from './platform-object.ts'
import { partsOf, uuidOf } from './request-fields.ts'

const name = 'IntegrationPackInstance'

/** An installation of a pack: creating it installs, deleting it uninstalls. */
export const integrationPackInstance = platformObject({
  shape: shape(name, {
    id: attribute.text,
    integrationPackId: attribute.text,
    integrationPackOverrideName: attribute.text,
    ProcessId: listOf(
      shape('ProcessId', {
        originalProcessId: attribute.text,
        wrapperProcessId: attribute.text,
        name: attribute.text,
      }),
    ),
  }),
  reading: {
    action: 'view-installations',
    source: instances,
    get: true,
    query: true,
    rowsOf: ({ key, integrationPackId }) => [
      { table: 'IntegrationPack', where: { id: String(integrationPackId) }, isShared: true },
      { table: 'Installation', where: { id: String(key) } },
    ],
  },
  create: {
    action: 'install-pack',
    run: async ({ tx, actor, body }) => {
      const packId = uuidOf(body.integrationPackId, 'integrationPackId')
      const chosen = body.integrationPackOverrideName?.trim()
      const outcome = await installPack(tx, actor, {
        packId,
        name: chosen || undefined,
        environmentIds: [],
      })
      if (outcome.kind === 'installed') return { kind: 'saved', id: instanceIdOf(outcome.installationId) }
      if (outcome.kind === 'refused') return refusedBecause(installRefusal(outcome.reason))
      return outcome.kind === 'absent'
        ? absent('IntegrationPack', packId)
        : refusedBecause(attachRefusal(outcome.reason))
    },
  },
  remove: {
    action: 'uninstall-pack',
    run: async ({ tx, actor, id }) => {
      const [installationId = ''] = partsOf(id, 'id', idPatterns.instance)
      const outcome = await uninstallPack(tx, actor, installationId)
      return outcome.kind === 'uninstalled' ? { kind: 'deleted' } : absent(name, id)
    },
  },
})

const instanceIdOf = (installationId: string) => encodeId(`IntegrationPackInstance${installationId}`)
