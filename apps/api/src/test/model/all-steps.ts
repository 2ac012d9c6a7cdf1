import fc from 'fast-check'
import {
  applyIn,
  attachTo,
  detachFrom,
  installPack,
  reattachTo,
  suspend,
  uninstallPack,
} from './account-steps.ts'
import {
  cancelScheduled,
  changeVersions,
  changeZone,
  pass,
  passToDue,
  releaseAtOnce,
  releaseNow,
  reschedule,
  schedule,
} from './publisher-steps.ts'
import { contentCount } from './real-pack-life.ts'
import type { Step } from './step.ts'

const zones = ['Europe/Berlin', 'Asia/Kathmandu', 'Pacific/Chatham', 'America/Santiago', 'Pacific/Kiritimati']
const account = fc.nat({ max: 1 })
const environment = fc.nat({ max: 1 })
const content = fc.nat({ max: contentCount - 1 })
const days = fc.integer({ min: 1, max: 20 })

/** Installed and attached everywhere, as most lives begin; what follows can undo it. */
export const prelude: readonly Step[] = [0, 1].flatMap((one) => [
  installPack(one),
  attachTo(one, 0),
  attachTo(one, 1),
])

const inEnvironment = fc.tuple(account, environment)
const often = <T>(times: number, one: T): T[] => Array.from({ length: times }, () => one)

/** Everything that people and time do to a pack: what a testing period consists of most often, what ends it seldom. */
export const allSteps: fc.Arbitrary<Step>[] = [
  ...often(
    6,
    fc.tuple(content, days).map((facts) => schedule(...facts)),
  ),
  ...often(
    8,
    inEnvironment.map((facts) => applyIn(...facts)),
  ),
  ...often(
    3,
    inEnvironment.map((facts) => attachTo(...facts)),
  ),
  ...often(
    3,
    inEnvironment.map((facts) => reattachTo(...facts)),
  ),
  inEnvironment.map((facts) => detachFrom(...facts)),
  ...often(
    3,
    fc.tuple(content, days).map((facts) => changeVersions(...facts)),
  ),
  ...often(2, fc.constant(cancelScheduled)),
  ...often(2, fc.boolean().map(passToDue)),
  ...often(2, account.map(installPack)),
  account.map(uninstallPack),
  content.map(releaseAtOnce),
  days.map(reschedule),
  fc.constant(releaseNow),
  fc.integer({ min: 1, max: 200 }).map(pass),
  fc.constantFrom(...zones).map(changeZone),
  fc.tuple(account, fc.boolean()).map((facts) => suspend(...facts)),
]
