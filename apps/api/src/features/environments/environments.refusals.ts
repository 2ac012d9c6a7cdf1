import type {
  ClassificationRefusal,
  CreateEnvironmentRefusal,
} from '@packline/domain/environments/plan-create-environment.ts'
import type { DeleteEnvironmentRefusal } from '@packline/domain/environments/plan-delete-environment.ts'
import type { Refusal } from '../../platform/problems.ts'

export const classificationSentences: Record<ClassificationRefusal, string> = {
  'test-needs-unlimited':
    'With Basic environment support an account has production environments only. Choose Production.',
  'test-needs-licensing':
    'Test environments need the feature "Test Connection Licensing", which is not switched on for this account. Choose Production.',
}

const words: Record<
  | CreateEnvironmentRefusal
  | DeleteEnvironmentRefusal
  | 'name-taken'
  | 'environment-missing'
  | 'role-missing'
  | 'already-kept',
  { status: number; message: string; field?: string }
> = {
  'name-empty': { status: 422, field: 'name', message: 'Give the environment a name.' },
  'name-too-long': {
    status: 422,
    field: 'name',
    message: 'The name of an environment has at most 80 characters. Shorten it.',
  },
  'name-taken': {
    status: 409,
    field: 'name',
    message: 'This account already has an environment of that name. Choose another name.',
  },
  'test-needs-unlimited': {
    status: 422,
    field: 'classification',
    message: classificationSentences['test-needs-unlimited'],
  },
  'test-needs-licensing': {
    status: 422,
    field: 'classification',
    message: classificationSentences['test-needs-licensing'],
  },
  'environment-missing': { status: 404, message: 'There is no such environment in this account.' },
  'role-missing': {
    status: 404,
    message:
      'There is no such role in this account. Choose a default role, one of its own, or one that is shared with it.',
  },
  'already-kept': {
    status: 409,
    message: 'The environment is kept to this role already. There is nothing to do.',
  },
  'has-atoms': {
    status: 409,
    message:
      'An environment with Atoms cannot be deleted. Move its Atoms to another environment or remove them first.',
  },
  'has-packs': {
    status: 409,
    message:
      'An environment with attached integration packs cannot be deleted. Detach them first, in Deploy > Integration Packs.',
  },
  'has-packages': {
    status: 409,
    message:
      'An environment with deployed packages cannot be deleted. Undeploy them first, with DeployedPackage of the Platform API.',
  },
}

/** What to tell somebody whose environment could not be saved or deleted. */
export function environmentRefusal(reason: keyof typeof words): Refusal {
  const { status, message, field } = words[reason]
  return { status, code: reason, message, ...(field && { fields: [{ path: field, message }] }) }
}

export const environmentChanged = {
  code: 'environment-changed',
  message:
    'Somebody has changed this environment since you opened it. Nothing was saved: look at it as it is now, then decide again.',
}
