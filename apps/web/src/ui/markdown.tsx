import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'

const MarkdownText = lazy(() =>
  import('./markdown-text.tsx').then((module) => ({ default: module.MarkdownText })),
)

/** Text that a user wrote in Markdown. HTML in it is shown as text, pictures are left out. */
export function Markdown({ children }: { children: string }) {
  return (
    <Suspense fallback={<Skeleton height={20} />}>
      <MarkdownText>{children}</MarkdownText>
    </Suspense>
  )
}
