import type { InstallationListItem } from '@packline/contract/installations.ts'
import type { Consumer } from '../product/scene.ts'
import type { Act } from './act.ts'

export const applyEarly: Act = async ({ consumer, random }) => {
  const environmentId = random.choose(consumer.environmentIds) ?? ''
  await consumer.operator.ask('applyUpdates', { params: { environmentId }, body: {} })
}

async function findInstallation({ operator }: Consumer, packId: string): Promise<string | undefined> {
  const installations = await operator.get<InstallationListItem[]>('listInstallations')
  return installations.find((one) => one.packId === packId)?.id
}

const changeAttachments =
  (name: 'attach' | 'detach'): Act =>
  async ({ consumer, pack, random }) => {
    const installationId = await findInstallation(consumer, pack.id)
    const environmentId = random.choose(consumer.environmentIds) ?? ''
    if (installationId === undefined) return
    await consumer.operator.ask(name, {
      params: { installationId },
      body: { environmentIds: [environmentId] },
    })
  }

export const attach = changeAttachments('attach')
export const detach = changeAttachments('detach')

export const install: Act = async ({ consumer, pack }) => {
  const { operator, environmentIds } = consumer
  await operator.ask('install', { body: { packId: pack.id, environmentIds } })
}

export const uninstall: Act = async ({ consumer, pack }) => {
  const installationId = await findInstallation(consumer, pack.id)
  if (installationId !== undefined) await consumer.operator.ask('uninstall', { params: { installationId } })
}
