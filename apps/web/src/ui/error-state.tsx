import { Button } from '@mantine/core'
import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { ApiProblem, NetworkProblem } from '../lib/api-problem.ts'
import { messageOf } from '../lib/problem-message.ts'
import { CopyButton } from './copy-button.tsx'
import classes from './error-state.module.css'

type ErrorStateProps = {
  error: unknown
  onRetry?: (() => void) | undefined
  /** What was being tried, as a heading: "The releases could not be loaded". */
  title?: string
  action?: ReactNode
}

/** Something failed: the reason in words, a way to try again and the request id to give to whoever helps. */
export function ErrorState({ error, onRetry, title, action }: ErrorStateProps) {
  const requestId = error instanceof ApiProblem ? error.requestId : null
  const Icon = error instanceof NetworkProblem ? IconPlugConnectedX : IconAlertTriangle
  return (
    <div role="alert" className={classes['root']}>
      <Icon size={20} aria-hidden className={classes['icon']} />
      <div>
        {title && <p className={classes['title']}>{title}</p>}
        <p className={classes['sentence']}>{messageOf(error)}</p>
        {requestId && (
          <p className={classes['request']}>
            Request id <code>{requestId}</code> <CopyButton value={requestId} what="request id" />
          </p>
        )}
        {(onRetry ?? action) && (
          <div className={classes['actions']}>
            {onRetry && (
              <Button variant="default" size="sm" onClick={onRetry}>
                Try again
              </Button>
            )}
            {action}
          </div>
        )}
      </div>
    </div>
  )
}
