export type AttachedEnvironment = {
  attachmentId: string
  environmentId: string
  /** It runs a release that it applied by hand before everybody else. */
  appliedEarly: boolean
}

export type DetachWarning = 'early-apply-is-lost'

export type DetachStep<Attached extends AttachedEnvironment> = Attached & {
  /** Attached again, it is back on the current release and gets the update on the release date (R-59, D-18). */
  warning: DetachWarning | null
}

export type DetachPlan<Attached extends AttachedEnvironment> =
  | { kind: 'planned'; steps: readonly DetachStep<Attached>[] }
  | { kind: 'refused'; reason: 'not-attached'; environmentIds: readonly string[] }

/** Plans detaching from some environments: all of them or none. */
export function planDetach<Attached extends AttachedEnvironment>(
  attached: readonly Attached[],
  asked: readonly string[],
): DetachPlan<Attached> {
  const byEnvironment = new Map(attached.map((one) => [one.environmentId, one]))
  const missing = asked.filter((id) => !byEnvironment.has(id))
  if (missing.length > 0) return { kind: 'refused', reason: 'not-attached', environmentIds: missing }
  const chosen = new Set(asked)
  return {
    kind: 'planned',
    steps: stepsOf(attached.filter(({ environmentId }) => chosen.has(environmentId))),
  }
}

/** Uninstalling detaches everything first and touches this account only; it is never refused. */
export function planUninstall<Attached extends AttachedEnvironment>(
  attached: readonly Attached[],
): { kind: 'planned'; steps: readonly DetachStep<Attached>[] } {
  return { kind: 'planned', steps: stepsOf(attached) }
}

const stepsOf = <Attached extends AttachedEnvironment>(attached: readonly Attached[]) =>
  attached.map((one) => ({ ...one, warning: one.appliedEarly ? ('early-apply-is-lost' as const) : null }))
