import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import classes from './markdown-text.module.css'
import { isPlainText, paragraphsOf } from './plain-text.ts'

const MarkdownText = lazy(() =>
  import('./markdown-text.tsx').then((module) => ({ default: module.MarkdownText })),
)

/**
 * Text that a user wrote in Markdown. HTML in it is shown as text, pictures are left out. Most texts are plain
 * sentences: for those the 35 KB that read Markdown are not loaded.
 */
export function Markdown({ children }: { children: string }) {
  if (isPlainText(children)) {
    return (
      <div className={classes['root']}>
        {paragraphsOf(children).map((paragraph, place) => (
          <p key={`${place} ${paragraph}`}>{paragraph}</p>
        ))}
      </div>
    )
  }
  return (
    <Suspense fallback={<Skeleton height={20} />}>
      <MarkdownText>{children}</MarkdownText>
    </Suspense>
  )
}
