export type DeleteEnvironmentRefusal = 'has-atoms' | 'has-packs' | 'has-packages'

export type DeleteEnvironmentPlan =
  | { kind: 'planned' }
  | { kind: 'refused'; reason: DeleteEnvironmentRefusal }

/**
 * An environment with Atoms, attached packs or deployed packages cannot be deleted. Atoms are looked at before the
 * confirmation is asked for, the rest after it; whoever deletes at once is told of the Atoms first.
 */
export function planDeleteEnvironment(environment: {
  atomCount: number
  attachmentCount: number
  deploymentCount: number
}): DeleteEnvironmentPlan {
  const refusal = whyNotAskToDelete(environment)
  if (refusal !== null) return { kind: 'refused', reason: refusal }
  if (environment.attachmentCount > 0) return { kind: 'refused', reason: 'has-packs' }
  if (environment.deploymentCount > 0) return { kind: 'refused', reason: 'has-packages' }
  return { kind: 'planned' }
}

/** The first stage: why the confirmation is not even asked for. */
export const whyNotAskToDelete = ({ atomCount }: { atomCount: number }): 'has-atoms' | null =>
  atomCount > 0 ? 'has-atoms' : null
