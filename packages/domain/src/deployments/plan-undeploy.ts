export type UndeployRefusal = 'deployed-through-pack' | 'deployment-ended'

/** A deployment, or a package that a pack brought to an environment. */
export type DeploymentToEnd = { isThroughPack: boolean; isActive: boolean }

/** Why a deployment cannot be ended by itself; null when it can. What a pack brought goes with its pack. */
export function whyNotUndeploy({ isThroughPack, isActive }: DeploymentToEnd): UndeployRefusal | null {
  if (isThroughPack) return 'deployed-through-pack'
  return isActive ? null : 'deployment-ended'
}
