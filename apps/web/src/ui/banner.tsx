import { Button, CloseButton } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './banner.module.css'

const icons = { info: IconInfoCircle, good: IconCircleCheck, warning: IconAlertTriangle, bad: IconCircleX }
export type BannerTone = keyof typeof icons

type BannerProps = {
  tone?: BannerTone
  children: ReactNode
  /** Such as Undo: stays with the banner until it is dismissed. */
  action?: { label: string; onClick: () => void; isBusy?: boolean } | undefined
  /** Any other controls. */
  extra?: ReactNode
  onDismiss?: (() => void) | undefined
}

/** A message that stays until it is dismissed. */
export function Banner({ tone = 'info', children, action, extra, onDismiss }: BannerProps) {
  const Icon = icons[tone]
  return (
    <div className={classes['root']} data-tone={tone}>
      <Icon size={20} aria-hidden className={classes['icon']} />
      <div className={classes['words']}>{children}</div>
      {(action ?? extra) && (
        <div className={classes['actions']}>
          {action && (
            <Button
              variant="default"
              size="compact-sm"
              loading={action.isBusy ?? false}
              onClick={action.onClick}
            >
              {action.label}
            </Button>
          )}
          {extra}
        </div>
      )}
      {onDismiss && <CloseButton aria-label="Dismiss this message" onClick={onDismiss} />}
    </div>
  )
}
