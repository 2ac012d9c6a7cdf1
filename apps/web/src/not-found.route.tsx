import { paths } from './paths.ts'
import { EmptyState } from './ui/empty-state.tsx'
import { PageHeading } from './ui/page-heading.tsx'
import { TextLink } from './ui/text-link.tsx'

export function Component() {
  return (
    <>
      <PageHeading title="Not found" />
      <EmptyState action={<TextLink to={paths.home()}>Go to the start page</TextLink>}>
        There is no page at this address. It may have been moved, or the address may be incomplete.
      </EmptyState>
    </>
  )
}
