/**
 * The rules of a pack's life between its publisher and its managed accounts, told once more in the smallest way: no
 * database, no locks, no sets, no code of the product. What the product does is held against this after every step.
 */
export type ReleaseModel = {
  /** The order in which they were confirmed; the first one is 1. */
  sequence: number
  content: number
  status: 'SCHEDULED' | 'SUCCESS' | 'SUPERSEDED' | 'CANCELLED'
  /** When a scheduled one is due, in milliseconds. */
  dueAt: number
}

export type AttachmentModel = { release: number; number: number; isEarly: boolean; numberBefore: number }

export type InstallationModel = {
  count: number
  last: number
  /** What runs in each environment; undefined where it is not attached. */
  attached: (AttachmentModel | undefined)[]
  /** Environments in which a release was applied early and lost by detaching, as `environment:release` (D-18). */
  lost: Set<string>
}

export type AccountModel = {
  isSuspended: boolean
  installation: InstallationModel | undefined
  /** Releases that this account has applied early, wherever, also where it was detached since (D-17). */
  early: Set<number>
}

export type PackLife = {
  now: number
  timeZone: string
  releases: ReleaseModel[]
  current: number
  accounts: AccountModel[]
}

export const environmentCount = 2

export const newPackLife = (now: number, timeZone: string, accounts: number): PackLife => ({
  now,
  timeZone,
  releases: [{ sequence: 1, content: 0, status: 'SUCCESS', dueAt: now }],
  current: 1,
  accounts: Array.from({ length: accounts }, () => ({
    isSuspended: false,
    installation: undefined,
    early: new Set(),
  })),
})

export const scheduledIn = ({ releases }: PackLife) => releases.find(({ status }) => status === 'SCHEDULED')
export const releaseIn = ({ releases }: PackLife, sequence: number): ReleaseModel => {
  const found = releases.find((one) => one.sequence === sequence)
  if (!found) throw new Error(`There is no release ${sequence}`)
  return found
}

/** D-25: the first instant of the date where the scheduler is. */
export const dueAtOf = (date: string, timeZone: string) =>
  Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds

export function confirm(life: PackLife, release: Pick<ReleaseModel, 'content' | 'dueAt'>): ReleaseModel {
  const former = scheduledIn(life)
  if (former) former.status = 'SUPERSEDED'
  const added: ReleaseModel = { ...release, sequence: life.releases.length + 1, status: 'SCHEDULED' }
  life.releases.push(added)
  return added
}

/** current for everybody; who applied it early keeps its number, all others count one up. */
export function goOut(life: PackLife, release: ReleaseModel) {
  release.status = 'SUCCESS'
  life.current = release.sequence
  for (const { installation } of life.accounts) {
    if (!installation) continue
    countDelivery(installation, release.sequence)
    for (const attachment of installation.attached) {
      if (!attachment) continue
      if (attachment.release !== release.sequence) attachment.number = installation.count
      attachment.release = release.sequence
      attachment.isEarly = false
    }
  }
}

/** What the clock brings: everything that is due by now. */
export function tick(life: PackLife) {
  const scheduled = scheduledIn(life)
  if (scheduled && scheduled.dueAt <= life.now) goOut(life, scheduled)
}

/** D-1: nothing confirmed after the current release is left anywhere. */
export function cancel(life: PackLife, release: ReleaseModel) {
  release.status = 'CANCELLED'
  for (const account of life.accounts) {
    // What was withdrawn is no reason any more to hold other releases back.
    account.early.clear()
    const { installation } = account
    if (!installation) continue
    if (installation.last > life.current) {
      installation.count -= 1
      installation.last = life.current
    }
    for (const attachment of installation.attached) {
      if (!attachment || attachment.release <= life.current) continue
      attachment.release = life.current
      attachment.number = attachment.numberBefore
      attachment.isEarly = false
    }
  }
}

function countDelivery(installation: InstallationModel, release: number) {
  if (installation.last !== release) installation.count += 1
  installation.last = release
}

/** R-56, D-27. */
export const install = (life: PackLife): InstallationModel => ({
  count: 1,
  last: life.current,
  attached: Array.from({ length: environmentCount }, () => undefined),
  lost: new Set(),
})

/** whatever was applied early is lost by detaching, so what is attached begins with the current release. */
export function attach(life: PackLife, installation: InstallationModel, environment: number) {
  const isAhead = installation.last > life.current
  const number = isAhead ? installation.count - 1 : installation.count
  installation.attached[environment] = { release: life.current, number, isEarly: false, numberBefore: number }
}

export function detach(installation: InstallationModel, environment: number) {
  const attachment = installation.attached[environment]
  if (attachment?.isEarly) installation.lost.add(`${environment}:${attachment.release}`)
  installation.attached[environment] = undefined
}

export function applyEarly(account: AccountModel, environment: number, release: number) {
  const { installation } = account
  const attachment = installation?.attached[environment]
  if (!installation || !attachment) throw new Error('Nothing is attached there')
  countDelivery(installation, release)
  attachment.numberBefore = attachment.number
  attachment.number = installation.count
  attachment.release = release
  attachment.isEarly = true
  account.early.add(release)
}

export type Standing = 'on-current' | 'offered' | 'applied-early' | 'locked' | 'reattached'

/** What an account's user is told about an environment, or undefined where the pack is not attached (R-65, D-17, D-18). */
export function standing(life: PackLife, account: AccountModel, environment: number): Standing | undefined {
  const { installation } = account
  const attachment = installation?.attached[environment]
  if (!installation || !attachment) return undefined
  if (attachment.isEarly) return 'applied-early'
  const scheduled = scheduledIn(life)
  if (!scheduled) return 'on-current'
  const holding = [...account.early].filter((release) => release > life.current)
  if (holding.some((release) => release !== scheduled.sequence)) return 'locked'
  return installation.lost.has(`${environment}:${scheduled.sequence}`) ? 'reattached' : 'offered'
}
