import { lockForChange } from '../../features/releases/change-release.ts'
import { createRelease, type ReleaseInput } from '../../features/releases/create-release.ts'
import { releaseNow } from '../../features/releases/release-now.ts'
import { refuseRelease } from '../../features/releases/releases.refusals.ts'
import { rescheduleRelease } from '../../features/releases/reschedule-release.ts'
import { packRefusal } from '../../read-models/pack-answer.ts'
import { badData } from '../codec/bad-data.ts'
import { attribute, listOf, objectOf, shape, type ValueOf } from '../codec/shape.ts'
import { readByIds } from '../query/source.views.ts'
import { platformObject, refusedBecause, type WriteContext, type Written } from './platform-object.ts'
import {
  findRequestId,
  findScheduled,
  findVersions,
  publishedPacks,
  releaseRequests,
} from './publisher-integration-pack.views.ts'
import { oneOf, required, uuidOf } from './request-fields.ts'

export const releasedComponents = objectOf(
  shape('ReleasePackagedComponents', {
    ReleasePackagedComponent: listOf(
      shape('ReleasePackagedComponent', {
        componentId: attribute.text,
        version: attribute.text,
        releasedVersion: attribute.text,
      }),
    ),
  }),
)

const releaseShape = shape('ReleaseIntegrationPack', {
  id: attribute.text,
  name: attribute.text,
  installationType: attribute.text,
  releaseSchedule: attribute.text,
  releaseOnDate: attribute.text,
  requestId: attribute.text,
  releaseStatusUrl: attribute.text,
  ReleasePackagedComponents: releasedComponents,
})
type Body = ValueOf<typeof releaseShape>
type Context = WriteContext<Body>
type Selections = ReleaseInput['selections']

/** Releases a pack at once or on a date. It is answered at once; how it goes is asked with the request id. */
export const releaseIntegrationPack = platformObject({
  shape: releaseShape,
  features: ['publisher-integration-pack-api', 'integration-pack-api'],
  create: {
    action: 'release-pack',
    run: async (context) => {
      const packId = uuidOf(context.body.id, 'id')
      const schedule = oneOf(context.body.releaseSchedule, 'releaseSchedule', schedules)
      const selections = await selectionsOf(context)
      return confirm(context, { packId, selections, option: optionOf(schedule, context.body.releaseOnDate) })
    },
  },
  update: { action: 'change-release-versions', run: update },
})

const schedules = ['IMMEDIATELY', 'RELEASE_ON_SPECIFIED_DATE'] as const

function optionOf(schedule: (typeof schedules)[number], date: string | undefined): ReleaseInput['option'] {
  if (schedule === 'IMMEDIATELY') return { kind: 'immediate' }
  return { kind: 'dated', date: required(date, 'releaseOnDate, as yyyy-MM-dd,').trim() }
}

/**
 * Changes the scheduled release: its date, its components, or both, or sends it out at once. What is left out stays.
 * The request id stays as well, so that whoever asks for it goes on.
 */
async function update(context: Context): Promise<Written> {
  const { tx, actor, now, id, body, isCurrent } = context
  const packId = uuidOf(id, 'id')
  const scheduled = await findScheduled(tx, actor.accountId, packId)
  if (!scheduled) {
    const pack = (await readByIds(tx, actor, publishedPacks, [packId])).get(packId)
    return refusedBecause(
      pack?.['isGone'] === false ? nothingScheduled : await packRefusal(tx, actor.accountId, packId),
    )
  }

  const schedule =
    body.releaseSchedule === undefined
      ? 'RELEASE_ON_SPECIFIED_DATE'
      : oneOf(body.releaseSchedule, 'releaseSchedule', schedules)
  const option = optionOf(schedule, body.releaseOnDate ?? scheduled.releaseOn)
  const selections = body.ReleasePackagedComponents ? await selectionsOf(context) : scheduled.content
  if (!isSame(selections, scheduled.content)) {
    return confirm(context, { packId, selections, option, replaces: scheduled.id })
  }

  const locked = await lockForChange(tx, actor, scheduled.id, isCurrent)
  if (locked.kind === 'absent') return refusedBecause(nothingScheduled)
  if (locked.kind === 'pack-changed') {
    return refusedBecause(await packRefusal(tx, actor.accountId, packId, 'pack-changed'))
  }
  const outcome =
    option.kind === 'immediate'
      ? await releaseNow(tx, actor, locked, now)
      : await rescheduleRelease(tx, actor, { ...locked, releaseOn: option.date }, now)
  return outcome.kind === 'refused' ? refusedBecause(refuseRelease(outcome)) : saved(context, scheduled.id)
}

const nothingScheduled = {
  status: 400,
  code: 'release-not-scheduled',
  message:
    'No release of this integration pack is scheduled, so there is none to change. Create one instead.',
}

async function confirm(context: Context, input: Omit<ReleaseInput, 'notes' | 'isCurrent'>): Promise<Written> {
  const { tx, actor, now, isCurrent } = context
  const outcome = await createRelease(tx, actor, { ...input, notes: '', isCurrent }, now)
  if (outcome.kind === 'created') return saved(context, outcome.releaseId)
  if (outcome.kind === 'pack-unavailable') {
    return refusedBecause(await packRefusal(tx, actor.accountId, input.packId, outcome.reason))
  }
  return refusedBecause(refuseRelease(outcome.refusal, [...outcome.pack.items, ...outcome.pack.packages]))
}

async function saved({ tx, actor, urlOf }: Context, releaseId: string): Promise<Written> {
  const requestId = await findRequestId(tx, releaseId)
  const { integrationPackId, ...facts } =
    (await readByIds(tx, actor, releaseRequests, [requestId])).get(requestId) ?? {}
  const releaseStatusUrl = urlOf(`/ReleaseIntegrationPackStatus/${requestId}`)
  return { kind: 'saved', id: releaseId, with: { ...facts, id: integrationPackId, releaseStatusUrl } }
}

/** No package has it: a version that does not exist is refused where all versions are judged. */
const noPackage = '00000000-0000-0000-0000-000000000000'

async function selectionsOf({ tx, actor, body }: Context): Promise<Selections> {
  const asked = (body.ReleasePackagedComponents?.ReleasePackagedComponent ?? []).map((each) => ({
    componentId: uuidOf(each.componentId, 'componentId'),
    version: required(each.version, `The version of component ${each.componentId ?? ''}`),
  }))
  if (asked.length === 0) {
    throw badData(
      'ReleasePackagedComponents is missing. List every component of the release with its version.',
    )
  }
  const found = await findVersions(tx, actor.accountId, asked)
  return asked.map(({ componentId, version }) => ({
    componentId,
    packageId:
      found.find((one) => one.componentId === componentId && one.version === version)?.packageId ?? noPackage,
  }))
}

function isSame(one: Selections, other: Selections): boolean {
  const text = (all: Selections) =>
    JSON.stringify(all.map((each) => `${each.componentId} ${each.packageId}`).toSorted())
  return text(one) === text(other)
}
