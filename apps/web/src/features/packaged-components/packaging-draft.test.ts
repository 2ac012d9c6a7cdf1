import { describe, expect, test } from 'vitest'
import {
  bodyOf,
  type DraftEvent,
  emptyDraft,
  errorsByComponent,
  nextDraft,
  readPackagingDraft,
} from './packaging-draft.ts'

const after = (...events: DraftEvent[]) => events.reduce(nextDraft, emptyDraft)
const changed = (componentId: string, change: object): DraftEvent => ({
  kind: 'entry-changed',
  componentId,
  change,
})

describe('what is sent', () => {
  test('nothing entered: the next version, no notes, no sharing', () => {
    expect(bodyOf(emptyDraft, ['a'])).toEqual({
      items: [{ componentId: 'a', version: '', notes: '', shareable: false }],
    })
  })

  test('the notes for all stand wherever a component has none of its own', () => {
    const draft = after({ kind: 'notes-for-all-changed', notes: 'Spring' }, changed('b', { notes: 'Own' }))
    expect(bodyOf(draft, ['a', 'b']).items).toMatchObject([{ notes: 'Spring' }, { notes: 'Own' }])
  })

  test('only the chosen components, in their order', () => {
    const draft = after(changed('a', { version: '2' }), changed('b', { version: '3' }))
    expect(bodyOf(draft, ['c', 'b']).items).toMatchObject([{ version: '' }, { version: '3' }])
  })

  test('sharing for all leaves what else was entered', () => {
    const draft = after(changed('a', { version: '2' }), { kind: 'sharing-allowed', componentIds: ['a', 'b'] })
    expect(bodyOf(draft, ['a', 'b', 'c']).items).toMatchObject([
      { version: '2', shareable: true },
      { shareable: true },
      { shareable: false },
    ])
  })

  test('after it was sent, nothing is left', () => {
    expect(after(changed('a', { version: '2' }), { kind: 'sent' })).toEqual(emptyDraft)
  })
})

test('refused fields are found at their component', () => {
  const errors = errorsByComponent(
    [
      { path: 'items.1.version', message: 'Taken.' },
      { path: 'items.1.notes', message: 'Too long.' },
      { path: 'items.0', message: 'Wrong.' },
      { path: 'items.7.version', message: 'Nobody.' },
      { path: 'other', message: 'Nothing.' },
    ],
    ['a', 'b'],
  )
  expect(Object.fromEntries(errors)).toEqual({
    a: { componentId: 'Wrong.' },
    b: { version: 'Taken.', notes: 'Too long.' },
  })
})

test('a kept draft comes back, and rubbish does not', () => {
  const draft = after({ kind: 'notes-for-all-changed', notes: 'Spring' }, changed('a', { shareable: true }))
  expect(readPackagingDraft(JSON.parse(JSON.stringify(draft)))).toEqual(draft)
  for (const rubbish of [null, 1, 'x', [], { entries: 3 }]) {
    expect(readPackagingDraft(rubbish)).toEqual(emptyDraft)
  }
  expect(readPackagingDraft({ entries: { a: { version: 7, shareable: 'yes' }, b: null } })).toEqual({
    notesForAll: '',
    entries: { a: { version: '', notes: '', shareable: false } },
  })
})
