import { Box, Button, Group } from '@mantine/core'
import type { ComponentDetails } from '@packline/contract/components.ts'
import { useReducer, useRef } from 'react'
import { api } from '../../api.ts'
import { formatCount } from '../../lib/dates.ts'
import { Banner } from '../../ui/banner.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { announce } from '../../ui/live-region.tsx'
import { refreshComponents } from './components.queries.ts'
import { nextUploadState, type UploadState } from './upload-progress.ts'

/** As the server takes it: 25 MB. The contract's own constant would bring its schemas into the browser. */
const maxBytes = 25 * 1024 * 1024

/** Takes a file as the content of the next revision. */
export function UploadRevision({ component }: { component: ComponentDetails }) {
  const [state, send] = useReducer(nextUploadState, { kind: 'idle' })
  const file = useRef<File>(undefined)
  const stop = useRef<AbortController>(undefined)

  const start = async (chosen: File) => {
    file.current = chosen
    stop.current?.abort()
    const controller = new AbortController()
    stop.current = controller
    send({ kind: 'chosen', fileName: chosen.name })
    try {
      const { result, isNew } = await api.uploadContent(component.id, {
        file: chosen,
        signal: controller.signal,
        onProgress: (part) => send({ kind: 'progress', part }),
      })
      send({ kind: 'answered', revision: result.revision, isNew })
      announce(`${chosen.name} uploaded`)
      await refreshComponents()
    } catch (error) {
      send({ kind: 'failed', error })
    }
  }
  return (
    <>
      <FileDrop
        label={component.currentRevision === 0 ? 'Upload the content' : 'Upload a new revision'}
        maxBytes={maxBytes}
        onFile={(chosen) => void start(chosen)}
        progress={state.kind === 'sending' ? state.part : null}
        fileName={state.kind === 'sending' ? `Sending ${state.fileName}…` : null}
      />
      <UploadOutcome
        state={state}
        onStop={() => stop.current?.abort()}
        onRetry={() => file.current && void start(file.current)}
      />
    </>
  )
}

type UploadOutcomeProps = { state: UploadState; onStop: () => void; onRetry: () => void }

function UploadOutcome({ state, onStop, onRetry }: UploadOutcomeProps) {
  switch (state.kind) {
    case 'idle':
      return null
    case 'sending':
      return (
        <Group mt="xs" gap="sm">
          <span className="tabular">{formatCount(Math.floor(state.part * 100))} % sent</span>
          <Button variant="default" size="compact-sm" onClick={onStop}>
            Cancel upload
          </Button>
        </Group>
      )
    case 'added':
      return (
        <Box mt="sm">
          <Banner tone="good">
            {state.fileName} is revision {formatCount(state.revision)} now.
          </Banner>
        </Box>
      )
    case 'same':
      return (
        <Box mt="sm">
          <Banner tone="info">
            {state.fileName} has the same content as revision {formatCount(state.revision)}. Nothing was
            added.
          </Banner>
        </Box>
      )
    case 'stopped':
      return (
        <Box mt="sm">
          <Banner tone="info">The upload of {state.fileName} was cancelled. Nothing was kept.</Banner>
        </Box>
      )
    case 'failed':
      return (
        <Box mt="sm">
          <ErrorState
            title={`${state.fileName} could not be uploaded`}
            error={state.error}
            onRetry={onRetry}
          />
        </Box>
      )
  }
}
