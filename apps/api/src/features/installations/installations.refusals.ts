import type { AttachRefusal } from '@packline/domain/installations/plan-attach.ts'
import type { AtomPlaceRefusal } from '@packline/domain/installations/plan-atom-place.ts'
import type { InstallRefusal } from '@packline/domain/installations/plan-install.ts'
import type { Refusal } from '../../platform/problems.ts'

type Words = { status: number; message: string; field?: string }

const installWords: Record<InstallRefusal | 'name-taken', Words> = {
  'pack-not-available': {
    status: 404,
    message: 'There is no such integration pack to install in this account.',
  },
  'already-installed': {
    status: 409,
    message:
      'This integration pack is installed already. With Single Attachment it is installed once in an account.',
  },
  'name-fixed': {
    status: 422,
    field: 'name',
    message:
      'An integration pack of type Single Attachment keeps its own name. Leave the name out to install it.',
  },
  'name-too-long': {
    status: 422,
    field: 'name',
    message: 'The name of an installation has at most 255 characters. Shorten it.',
  },
  'name-taken': {
    status: 409,
    field: 'name',
    message: 'This account already has an installation of that name. Choose another name.',
  },
}

/** What to tell somebody who cannot install a pack. */
export function installRefusal(reason: InstallRefusal | 'name-taken'): Refusal {
  const { status, message, field } = installWords[reason]
  return { status, code: reason, message, ...(field && { fields: [{ path: field, message }] }) }
}

const attachWords: Record<AttachRefusal | 'not-attached', (names: string) => Words> = {
  'no-longer-shared': () => ({
    status: 409,
    message:
      'The publisher no longer shares this integration pack with this account. It keeps running where it is attached and cannot be attached elsewhere.',
  }),
  'environment-missing': () => ({ status: 404, message: 'There is no such environment in this account.' }),
  'already-attached': (names) => ({
    status: 409,
    message: `It is already attached to ${names}. Nothing was attached: choose other environments.`,
  }),
  'not-attached': () => ({
    status: 409,
    message:
      'It is not attached to all of these environments any more. Nothing was detached: look at them as they are now.',
  }),
}

/** What to tell somebody who cannot attach or detach. */
export function attachRefusal(
  reason: AttachRefusal | 'not-attached',
  environmentNames: readonly string[] = [],
): Refusal {
  const { status, message } = attachWords[reason](environmentNames.join(', '))
  const code = reason === 'environment-missing' ? 'environment-not-found' : reason
  return { status, code, message, ...(environmentNames.length > 0 && { details: { environmentNames } }) }
}

const atomPlaceWords: Record<AtomPlaceRefusal, Omit<Refusal, 'code'>> = {
  'environments-on': {
    status: 409,
    message:
      'This account has environments, so packs are attached to them and not to Atoms. Use IntegrationPackEnvironmentAttachment.',
  },
  'atom-missing': { status: 404, message: 'There is no such Atom in this account.' },
  'cloud-of-another-account': {
    status: 409,
    message:
      'This Atom Cloud belongs to another account. Put it into an environment and attach the pack there.',
  },
  'atom-in-environment': {
    status: 409,
    message:
      'This Atom is in an environment and runs what is attached there. Attach the pack to the environment, or take the Atom out of it first.',
  },
}

/** What to tell somebody who cannot attach a pack to an Atom itself. */
export const atomPlaceRefusal = (reason: AtomPlaceRefusal): Refusal => ({
  code: reason,
  ...atomPlaceWords[reason],
})

export const installationChanged = {
  code: 'installation-changed',
  message:
    'Somebody has attached or detached this integration pack since you opened it. Nothing was changed: look at it as it is now, then decide again.',
}
