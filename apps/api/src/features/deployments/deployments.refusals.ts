import type { DeployRefusal } from '@packline/domain/deployments/plan-deploy.ts'
import type { UndeployRefusal } from '@packline/domain/deployments/plan-undeploy.ts'
import type { Refusal } from '../../platform/problems.ts'

type Reason = DeployRefusal | UndeployRefusal | 'environment-missing' | 'package-missing'

const words: Record<Reason, Omit<Refusal, 'code'>> = {
  'environment-missing': { status: 404, message: 'There is no such environment in this account.' },
  'package-missing': { status: 404, message: 'There is no such packaged component in this account.' },
  'package-deleted': {
    status: 409,
    message: 'This packaged component was deleted. Restore it first, or deploy another version.',
  },
  'notes-too-long': { status: 422, message: 'Notes have at most 5,000 characters. Shorten them.' },
  'deployed-through-pack': {
    status: 409,
    message:
      'This package came with an integration pack and goes with it. Detach the IntegrationPackInstance from the environment instead.',
  },
  'deployment-ended': {
    status: 409,
    message:
      'This deployment has ended already: the package was undeployed, or another deployment took its place.',
  },
}

/** What to tell somebody who cannot deploy or undeploy. */
export const deploymentRefusal = (reason: Reason): Refusal => ({ code: reason, ...words[reason] })
