/** What the upload of one file is doing. */
export type UploadState =
  | { kind: 'idle' }
  | { kind: 'sending'; fileName: string; part: number }
  | { kind: 'added'; fileName: string; revision: number }
  | { kind: 'same'; fileName: string; revision: number }
  | { kind: 'stopped'; fileName: string }
  | { kind: 'failed'; fileName: string; error: unknown }

export type UploadEvent =
  | { kind: 'chosen'; fileName: string }
  | { kind: 'progress'; part: number }
  /** Not new: the newest revision already has this content, as only the server can tell for sure. */
  | { kind: 'answered'; revision: number; isNew: boolean }
  | { kind: 'failed'; error: unknown }

/** The next state of an upload. Events of an upload that has ended change nothing. */
export function nextUploadState(state: UploadState, event: UploadEvent): UploadState {
  if (event.kind === 'chosen') return { kind: 'sending', fileName: event.fileName, part: 0 }
  if (state.kind !== 'sending') return state
  const { fileName } = state
  switch (event.kind) {
    case 'progress':
      return { ...state, part: Math.max(state.part, Math.min(1, event.part)) }
    case 'answered':
      return { kind: event.isNew ? 'added' : 'same', fileName, revision: event.revision }
    case 'failed':
      return isAbort(event.error)
        ? { kind: 'stopped', fileName }
        : { kind: 'failed', fileName, error: event.error }
  }
}

const isAbort = (error: unknown) => error instanceof DOMException && error.name === 'AbortError'
