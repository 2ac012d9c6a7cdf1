import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDot,
  IconCircleX,
  IconClock,
  IconMinus,
  IconProgress,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './status-badge.module.css'

const icons = {
  neutral: IconMinus,
  accent: IconCircleDot,
  waiting: IconClock,
  running: IconProgress,
  good: IconCircleCheck,
  warning: IconAlertTriangle,
  bad: IconCircleX,
}
export type StatusTone = keyof typeof icons

/** A state as icon, word and colour, so that none of them carries it alone. */
export function StatusBadge({ tone, children }: { tone: StatusTone; children: ReactNode }) {
  const Icon = icons[tone]
  return (
    <span className={classes['root']} data-tone={tone}>
      <Icon size={15} aria-hidden />
      <span>{children}</span>
    </span>
  )
}
