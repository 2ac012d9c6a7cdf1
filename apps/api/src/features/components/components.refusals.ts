import type { Refusal } from '../../platform/problems.ts'

/** Status and sentence of each reason not to create, edit, delete or upload. */
export const componentRefusals = {
  'name-empty': { status: 422, message: 'Give the component a name.' },
  'name-too-long': {
    status: 422,
    message: 'The name of a component has at most 255 characters. Shorten it.',
  },
  'folder-too-long': { status: 422, message: 'A folder has at most 255 characters. Shorten it.' },
  'process-route-outside-process': {
    status: 422,
    message: 'Only a process can contain a Process Route. Leave that out for other component types.',
  },
  'component-already-deleted': { status: 409, message: 'Somebody has deleted this component already.' },
  'component-in-packs': {
    status: 409,
    message: 'This component is in integration packs. Remove it there and release the packs first.',
  },
  'content-empty': { status: 422, message: 'The content is empty. Choose a file with something in it.' },
  'content-too-large': {
    status: 413,
    message: 'The content is larger than 25 MB. Nothing was kept; upload a smaller file.',
  },
} satisfies Record<string, Omit<Refusal, 'code'>>

export const componentChanged = {
  code: 'component-changed',
  message:
    'Somebody has changed this component since you opened it. Nothing was saved: look at it as it is now, then decide again.',
}
