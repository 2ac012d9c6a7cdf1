import { endpoints } from '@packline/contract/endpoints.ts'
import type { EnvironmentPacks } from '@packline/contract/updates.ts'
import { releaseDue } from '../../features/releases/release-due.ts'
import { setClock } from '../clock.ts'
import { type Consumer, createConsumer, createPlace } from '../consumer-scene.ts'
import { createReleaseScene, releaseBody } from '../release-scene.ts'
import type { TestApp } from '../test-app.ts'
import { environmentCount } from './pack-life.ts'

/** The versions of the scene's two components that the content with this number has. Number 0 is released already. */
const contents = [
  [0, 0],
  [1, 0],
  [2, 0],
  [0, 1],
  [1, 1],
  [2, 1],
] as const
export const contentCount = contents.length

/** The real thing: routes, use cases, the release job's engine and PostgreSQL, with an operator in each account. */
export async function createRealPackLife(app: TestApp, accounts: number) {
  const scene = await createReleaseScene(app)
  const consumers: { consumer: Consumer; environmentIds: string[] }[] = []
  for (let count = 0; count < accounts; count += 1) {
    const consumer = await createConsumer(app, scene)
    const places = []
    for (let one = 0; one < environmentCount; one += 1)
      places.push(await createPlace(app, consumer.accountId))
    consumers.push({ consumer, environmentIds: places.map(({ id }) => id) })
  }
  return { app, scene, consumers, startedAt: Date.parse('2027-02-20T12:00:00Z') }
}

export type RealPackLife = Awaited<ReturnType<typeof createRealPackLife>>

export const bodyOf = ({ scene }: RealPackLife, content: number, releaseOn?: string) =>
  releaseBody(scene, contents[content] ?? contents[0], releaseOn)

export const packPath = ({ scene }: RealPackLife) => `/integration-packs/${scene.pack.id}/releases`

export async function releaseIdOf({ app, scene }: RealPackLife, sequence: number): Promise<string> {
  const { id } = await app.db.release.findUniqueOrThrow({
    where: { packId_sequence: { packId: scene.pack.id, sequence } },
  })
  return id
}

export const setTime = ({ app }: RealPackLife, now: number) => setClock(app.db, new Date(now).toISOString())

/** Sets business time and lets the job do what is due, as it would by itself. */
export async function letTimePass(real: RealPackLife, now: number) {
  await setTime(real, now)
  await releaseDue(real.app.deps)
}

export const consumerOf = ({ consumers }: RealPackLife, account: number) => {
  const found = consumers[account]
  if (!found) throw new Error(`There is no account ${account}`)
  return found
}

export const environmentOf = (real: RealPackLife, account: number, environment: number): string =>
  consumerOf(real, account).environmentIds[environment] ?? ''

export async function installationIdOf({ app, ...real }: RealPackLife, account: number): Promise<string> {
  const { accountId } = consumerOf({ app, ...real }, account).consumer
  const installation = await app.db.installation.findFirst({ where: { accountId, uninstalledAt: null } })
  return installation?.id ?? '00000000-0000-4000-8000-000000000000'
}

/** What the database says of releases and installations, in the words of the model. */
export async function readRealLife({ app, scene, consumers }: RealPackLife) {
  const releases = await app.db.release.findMany({
    where: { packId: scene.pack.id },
    orderBy: { sequence: 'asc' },
  })
  const sequenceOf = new Map(releases.map(({ id, sequence }) => [id, sequence]))
  const pack = await app.db.integrationPack.findUniqueOrThrow({ where: { id: scene.pack.id } })
  const accounts = []
  for (const { consumer, environmentIds } of consumers) {
    const installation = await app.db.installation.findFirst({
      where: { accountId: consumer.accountId, uninstalledAt: null },
      include: { attachments: { where: { detachedAt: null } } },
    })
    accounts.push(
      installation && {
        count: installation.deliveredCount,
        last: sequenceOf.get(installation.lastDeliveredReleaseId),
        attached: environmentIds.map((id) => {
          const attachment = installation.attachments.find(({ environmentId }) => environmentId === id)
          return attachment && [sequenceOf.get(attachment.releaseId), attachment.versionNumber]
        }),
      },
    )
  }
  return {
    releases: releases.map(({ sequence, status, dueAt }) => ({
      sequence,
      status,
      ...(status === 'SCHEDULED' && { dueAt: dueAt.getTime() }),
    })),
    current: pack.currentReleaseId && sequenceOf.get(pack.currentReleaseId),
    accounts,
  }
}

/** What the screen of Atom Management says of an environment; undefined where the pack is not attached. */
export async function readStanding(real: RealPackLife, account: number, environment: number) {
  const path = endpoints.listEnvironmentPacks.path.replace(
    ':environmentId',
    environmentOf(real, account, environment),
  )
  const answer = await consumerOf(real, account).consumer.call('GET', path)
  const [row] = answer.json<EnvironmentPacks>().rows
  return row && (row.why ?? row.state)
}
