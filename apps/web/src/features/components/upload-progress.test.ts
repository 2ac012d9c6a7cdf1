import { expect, test } from 'vitest'
import { nextUploadState, type UploadEvent, type UploadState } from './upload-progress.ts'

const after = (...events: UploadEvent[]) =>
  events.reduce<UploadState>((state, event) => nextUploadState(state, event), { kind: 'idle' })

const chosen = { kind: 'chosen', fileName: 'orders.xml' } as const

test('progress never goes back and ends at the whole', () => {
  expect(after(chosen, { kind: 'progress', part: 0.5 }, { kind: 'progress', part: 0.4 })).toMatchObject({
    part: 0.5,
  })
  expect(after(chosen, { kind: 'progress', part: 1.2 })).toMatchObject({ part: 1 })
})

test('what the server added is a new revision, what it already had is the same content', () => {
  expect(after(chosen, { kind: 'answered', revision: 4, isNew: true })).toEqual({
    kind: 'added',
    fileName: 'orders.xml',
    revision: 4,
  })
  expect(after(chosen, { kind: 'answered', revision: 3, isNew: false })).toMatchObject({ kind: 'same' })
})

test('stopping is not failing', () => {
  const stopped = new DOMException('The upload was stopped.', 'AbortError')
  expect(after(chosen, { kind: 'failed', error: stopped })).toEqual({
    kind: 'stopped',
    fileName: 'orders.xml',
  })
  expect(after(chosen, { kind: 'failed', error: new Error('offline') })).toMatchObject({ kind: 'failed' })
})

test('what comes after the end changes nothing, and another file starts over', () => {
  const done = after(chosen, { kind: 'answered', revision: 4, isNew: true }, { kind: 'progress', part: 0.3 })
  expect(done.kind).toBe('added')
  expect(nextUploadState(done, chosen)).toEqual({ kind: 'sending', fileName: 'orders.xml', part: 0 })
})
