import { isRouteErrorResponse, useRevalidator, useRouteError } from 'react-router'
import { ApiProblem } from './lib/api-problem.ts'
import { paths } from './paths.ts'
import { ErrorState } from './ui/error-state.tsx'
import { PageHeading } from './ui/page-heading.tsx'
import { TextLink } from './ui/text-link.tsx'
import { ThemeProvider } from './ui/theme-provider.tsx'

/** A screen that could not be shown: not there, not allowed, not reachable, or broken. */
export function RouteError() {
  const error = useRouteError()
  const { revalidate } = useRevalidator()
  const isMissing = isStatus(error, 404)
  return (
    <ThemeProvider>
      <PageHeading title={isMissing ? 'Not found' : 'This page could not be shown'} />
      <ErrorState
        error={error}
        {...(!isMissing && { onRetry: () => (isCodeMissing(error) ? location.reload() : void revalidate()) })}
        action={<TextLink to={paths.home()}>Go to the start page</TextLink>}
      />
    </ThemeProvider>
  )
}

const isStatus = (error: unknown, status: number) =>
  (error instanceof ApiProblem || isRouteErrorResponse(error)) && error.status === status

/** After an update of Packline the chunks of the old page are gone; loading the page gets the new ones. */
const isCodeMissing = (error: unknown) =>
  error instanceof TypeError && /dynamically imported module|module script/i.test(error.message)
