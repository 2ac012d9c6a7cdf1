import type { CreatePackRefusal } from '@packline/domain/packs/plan-create-pack.ts'
import type { EditPackRefusal } from '@packline/domain/packs/plan-edit-pack.ts'
import type { Refusal } from '../../platform/problems.ts'

type Reason = CreatePackRefusal | EditPackRefusal | 'name-taken'

const refusals: Record<Reason, { status: number; field: string; message: string }> = {
  'name-empty': { status: 422, field: 'name', message: 'Give the integration pack a name.' },
  'name-too-long': {
    status: 422,
    field: 'name',
    message: 'The name of an integration pack has at most 255 characters. Shorten it.',
  },
  'name-fixed': {
    status: 422,
    field: 'name',
    message: 'The name of an integration pack of type Multiple Attachments cannot be changed.',
  },
  'name-taken': {
    status: 409,
    field: 'name',
    message: 'This account already has an integration pack of that name. Choose another name.',
  },
  'description-too-long': {
    status: 422,
    field: 'description',
    message: 'The description has at most 500 characters. Shorten it.',
  },
  'type-not-available': {
    status: 403,
    field: 'type',
    message:
      'Integration packs of type Multiple Attachments need the feature "Multi-install integration packs", which is not switched on for this account. Choose Single Attachment.',
  },
  'type-fixed': {
    status: 422,
    field: 'type',
    message: 'The type of an integration pack cannot be changed after it was created.',
  },
}

/** What to tell somebody whose pack could not be saved, with the field to mend. */
export function detailsRefusal(reason: Reason): Refusal {
  const { status, field, message } = refusals[reason]
  return { status, code: reason, message, fields: [{ path: field, message }] }
}
