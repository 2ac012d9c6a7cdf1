import type { ConsumerRelease, consumerState } from '@packline/contract/consumer-releases.ts'
import { type AttachmentState, attachmentState } from '@packline/domain/updates/attachment-state.ts'
import { writeWindow } from '@packline/domain/time/write-window.ts'
import type { z } from 'zod'
import { type AttachmentRow, factsOf } from './attachment-facts.ts'

type Waiting = Extract<AttachmentState, { kind: 'waits-for-date' }>['why']

const whySentences: Record<Waiting, string> = {
  'no-atom': 'This environment has no Atom, so nothing can be applied here by hand.',
  reattached:
    'The update was applied early in this environment, which was detached and attached again since: it is back on the current release and cannot apply the update by hand again.',
  locked:
    'Another release of this integration pack was applied early in this account. Until that one or its successor is out for everybody, no other can be applied by hand.',
}

/** Where an attachment stands, with a sentence that says what happens next and when. */
export function consumerStateOf(
  attachment: AttachmentRow,
  pending: ConsumerRelease | null,
): z.infer<typeof consumerState> {
  const state = attachmentState(factsOf(attachment), {
    currentReleaseId: attachment.currentReleaseId,
    scheduledReleaseId: pending?.id ?? null,
  })
  return {
    state: state.kind,
    why: state.kind === 'waits-for-date' ? state.why : null,
    sentence: sentenceOf(state, attachment, pending),
    versionNumber: state.versionNumber,
    pendingNumber: state.kind === 'offered' ? state.pendingNumber : null,
  }
}

function sentenceOf(
  state: AttachmentState,
  attachment: AttachmentRow,
  pending: ConsumerRelease | null,
): string {
  const date = whenReleased(pending)
  switch (state.kind) {
    case 'on-current':
      return 'Runs the current release.'
    case 'offered':
      return `Version ${state.pendingNumber} can be applied now. Otherwise it arrives by itself ${date}.`
    case 'waits-for-date':
      return `${whySentences[state.why]} The update arrives by itself ${date}.`
    case 'applied-early':
      return pending === null || pending.id === attachment.releaseId
        ? `Applied before its release date. No other update of this integration pack can be applied by hand until everybody has it${pending ? `, ${date}` : ''}.`
        : `Applied before its release date, and replaced by the publisher since. It stays until the release that took its place arrives by itself ${date}.`
    case 'updating':
      return `A release is going out. Version ${state.nextNumber} reaches this environment in a moment.`
    case 'no-longer-shared':
      return 'The publisher no longer shares this integration pack with this account. It keeps running this release and gets no further ones.'
  }
}

/** The true window of a dated release (D-25), for those who read no screen. */
const whenReleased = (release: ConsumerRelease | null) =>
  release?.window && release.timeZone
    ? `on ${writeWindow(
        {
          start: Temporal.Instant.from(release.window.start),
          end: Temporal.Instant.from(release.window.end),
        },
        release.timeZone,
      )}`
    : 'with its release'
