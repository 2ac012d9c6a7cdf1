import { cancel, confirm, dueAtOf, goOut, type PackLife, releaseIn, scheduledIn, tick } from './pack-life.ts'
import { bodyOf, letTimePass, packPath, type RealPackLife, releaseIdOf } from './real-pack-life.ts'
import { type Answer, expectAnswer, minute, step } from './step.ts'

const hour = 60 * minute

const isCurrentContent = (life: PackLife, content: number) =>
  releaseIn(life, life.current).content === content

const dateIn = (life: PackLife, days: number) =>
  Temporal.Instant.fromEpochMilliseconds(life.now)
    .toZonedDateTimeISO(life.timeZone)
    .toPlainDate()
    .add({ days })
    .toString()

export const schedule = (content: number, days: number) =>
  step(`schedule content ${content} in ${days} days`, async (life, real) => {
    const date = dateIn(life, days)
    const answer = await real.scene.manager.call('POST', packPath(real), {
      body: bodyOf(real, content, date),
    })
    if (scheduledIn(life)) return expectAnswer(answer, { status: 409, code: 'release-already-scheduled' })
    if (isCurrentContent(life, content))
      return expectAnswer(answer, { status: 409, code: 'versions-unchanged' })
    expectAnswer(answer, { status: 201 })
    confirm(life, { content, dueAt: dueAtOf(date, life.timeZone) })
  })

export const releaseAtOnce = (content: number) =>
  step(`release content ${content} immediately`, async (life, real) => {
    const answer = await real.scene.manager.call('POST', packPath(real), { body: bodyOf(real, content) })
    if (isCurrentContent(life, content))
      return expectAnswer(answer, { status: 409, code: 'versions-unchanged' })
    expectAnswer(answer, { status: 201 })
    goOut(life, confirm(life, { content, dueAt: life.now }))
  })

/** A step on the scheduled release; without one, on the newest release, which is then refused. */
const onScheduled = (
  name: string,
  request: (real: RealPackLife, life: PackLife) => { method: 'POST' | 'PATCH'; path: string; body: object },
  then: (life: PackLife, answer: Answer) => void,
) =>
  step(name, async (life, real) => {
    const target = scheduledIn(life) ?? life.releases.at(-1)
    const id = await releaseIdOf(real, target?.sequence ?? 0)
    const { method, path, body } = request(real, life)
    const answer = await real.scene.manager.call(method, `/releases/${id}${path}`, { body })
    if (target?.status === 'SCHEDULED') return then(life, answer)
    expectAnswer(answer, {
      status: 409,
      code: target?.status === 'SUCCESS' ? 'release-already-out' : 'release-not-scheduled',
    })
  })

export const reschedule = (days: number) =>
  onScheduled(
    `reschedule to in ${days} days`,
    (_real, life) => ({ method: 'PATCH', path: '', body: { releaseOn: dateIn(life, days) } }),
    (life, answer) => {
      expectAnswer(answer, { status: 200 })
      const scheduled = scheduledIn(life)
      if (scheduled) scheduled.dueAt = dueAtOf(dateIn(life, days), life.timeZone)
    },
  )

export const changeVersions = (content: number, days: number) =>
  onScheduled(
    `change versions to content ${content} in ${days} days`,
    (real, life) => ({
      method: 'POST',
      path: '/replacement',
      body: bodyOf(real, content, dateIn(life, days)),
    }),
    (life, answer) => {
      if (isCurrentContent(life, content) || scheduledIn(life)?.content === content)
        return expectAnswer(answer, { status: 409, code: 'versions-unchanged' })
      expectAnswer(answer, { status: 201 })
      confirm(life, { content, dueAt: dueAtOf(dateIn(life, days), life.timeZone) })
    },
  )

export const releaseNow = onScheduled(
  'release now',
  () => ({ method: 'POST', path: '/release-now', body: {} }),
  (life, answer) => {
    expectAnswer(answer, { status: 200 })
    const scheduled = scheduledIn(life)
    if (scheduled) goOut(life, scheduled)
  },
)

export const cancelScheduled = onScheduled(
  'cancel',
  () => ({ method: 'POST', path: '/cancellation', body: { reason: 'Not ready.' } }),
  (life, answer) => {
    expectAnswer(answer, { status: 200 })
    const scheduled = scheduledIn(life)
    if (scheduled) cancel(life, scheduled)
  },
)

export const pass = (hours: number) =>
  step(`${hours} hours pass`, async (life, real) => {
    life.now += hours * hour
    await letTimePass(real, life.now)
    tick(life)
  })

/** To the very instant at which the scheduled release is due, or half a minute before it. */
export const passToDue = (isBefore: boolean) =>
  step(`time passes to ${isBefore ? 'just before' : 'the instant of'} the release`, async (life, real) => {
    const scheduled = scheduledIn(life)
    if (!scheduled) return
    life.now = Math.max(life.now, scheduled.dueAt - (isBefore ? minute / 2 : 0))
    await letTimePass(real, life.now)
    tick(life)
  })

export const changeZone = (timeZone: string) =>
  step(`the release manager moves to ${timeZone}`, async (life, real) => {
    const answer = await real.scene.manager.call('PATCH', '/user', { body: { timeZone } })
    expectAnswer(answer, { status: 200 })
    life.timeZone = timeZone
  })
