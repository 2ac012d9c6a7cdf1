import type { InstallationView } from '@packline/contract/installations.ts'
import type { PackView } from '@packline/contract/integration-packs.ts'
import type { ReleaseView } from '@packline/contract/releases.ts'
import type { Random } from '../random.ts'
import type { RowContext } from '../row.ts'
import * as accounts from './accounts.ts'
import { type Caller, createCaller } from './caller.ts'
import type { Stage } from './stage.ts'

export type ScenePack = {
  id: string
  accountId: string
  type: 'SINGLE' | 'MULTI'
  components: accounts.TestComponent[]
}
export type Consumer = { operator: Caller; environmentIds: string[] }
export type Scene = {
  /** Who releases. */
  manager: Caller
  packs: ScenePack[]
  consumers: Consumer[]
  /** Another publisher's release manager, who has no business here. */
  stranger: Caller
}

type Draft = {
  packs?: number
  consumers?: number
  /** Attachments of the first pack beside those of the consumers, which makes that pack one of Multiple Attachments. */
  installBase?: number
  timeZone?: string
}

const versions = 4

/**
 * A publisher with packs that are out with their first versions, and managed accounts that have all of them installed
 * and attached. Packs, releases and installations are made as people make them, through the API.
 */
export async function createScene(context: RowContext, draft: Draft = {}): Promise<Scene> {
  const { row, random, scenes } = context
  const { sql, fleet, history } = context.stage
  const { packs: packCount = 3, consumers: consumerCount = 2, installBase = 0 } = draft
  const callerIn = async (accountId: string, timeZone?: string) =>
    createCaller(
      { fleet, history, random: random.fork(), row },
      await accounts.createPerson(sql, accountId, timeZone),
    )
  const accountId = await accounts.createAccount(sql)
  const manager = await callerIn(accountId, draft.timeZone)
  const stranger = await callerIn(await accounts.createAccount(sql))
  const components = [
    await accounts.createComponent(sql, accountId, versions),
    await accounts.createComponent(sql, accountId, versions),
  ]
  const createConsumers = async () => {
    const consumers: Consumer[] = []
    // One after the other: each takes the next random numbers of the row.
    for (let number = 0; number < consumerCount; number += 1) {
      const id = await accounts.createAccount(sql, accountId)
      consumers.push({
        operator: await callerIn(id),
        environmentIds: await accounts.createEnvironments(sql, id, 2),
      })
    }
    return consumers
  }
  const createPacks = () =>
    Promise.all(
      Array.from({ length: packCount }, (_, number) => {
        const type = number === 0 && installBase > 0 ? 'MULTI' : 'SINGLE'
        return createPack(manager, { name: `Pack ${number}`, type, components })
      }),
    )
  const [consumers, packs] = await Promise.all([createConsumers(), createPacks()])

  const giveToConsumers = async (pack: ScenePack) => {
    await accounts.share(
      sql,
      pack,
      consumers.map(({ operator }) => operator.accountId),
    )
    for (const { operator, environmentIds } of consumers) {
      await operator.get<InstallationView>('install', { body: { packId: pack.id, environmentIds } })
    }
  }
  const [first] = packs
  await Promise.all([
    ...packs.map(giveToConsumers),
    ...(installBase > 0 && first ? [accounts.installManyTimes(sql, first, installBase)] : []),
  ])
  const scene = { manager, packs, consumers, stranger }
  scenes.push(scene)
  return scene
}

async function createPack(
  manager: Caller,
  { name, type, components }: Pick<ScenePack, 'type' | 'components'> & { name: string },
): Promise<ScenePack> {
  const { id } = await manager.get<PackView>('createPack', { body: { name, type } })
  const componentIds = components.map((one) => one.id)
  await manager.get('addPackages', { params: { packId: id }, body: { componentIds } })
  const pack = { id, accountId: manager.accountId, type, components }
  await manager.get<ReleaseView>('createRelease', { params: { packId: id }, body: releaseBody(pack, [0, 0]) })
  return pack
}

/** The body of a release with these versions of the pack's components, at once or on a date. */
export const releaseBody = ({ components }: ScenePack, chosen: readonly number[], releaseOn?: string) => ({
  versions: components.map(({ id, packageIds }, index) => ({
    componentId: id,
    packageId: packageIds[chosen[index] ?? 0],
  })),
  timing: releaseOn === undefined ? { kind: 'immediately' } : { kind: 'on-date', releaseOn },
})

/** Versions of the two components that nobody has released by accident; never the first ones. */
export const someVersions = (random: Random): [number, number] => [
  random.between(0, versions - 1),
  random.between(0, versions - 1),
]

/** Schedules a release of the pack, with the first of some versions that are not out already. */
export async function schedule({ manager }: Scene, pack: ScenePack, releaseOn: string): Promise<ReleaseView> {
  let answer
  for (let version = 1; version < versions; version += 1) {
    const body = releaseBody(pack, [version, version], releaseOn)
    answer = await manager.ask('createRelease', { params: { packId: pack.id }, body })
    if (answer.status === 201) return JSON.parse(answer.text) as ReleaseView
  }
  throw new Error(`The release was not scheduled: ${answer?.text}`)
}

/** The date so many days from now where the scene's manager is. */
export async function dateIn({ clock }: Stage, days: number, timeZone = 'Europe/Berlin'): Promise<string> {
  const now = await clock.read()
  return now.toZonedDateTimeISO(timeZone).toPlainDate().add({ days }).toString()
}
