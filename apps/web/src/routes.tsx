import { createBrowserRouter, Outlet, redirect, type RouteObject } from 'react-router'
import { routePatterns } from './paths.ts'
import { RouteError } from './route-error-boundary.tsx'
import { screens } from './screens.ts'
import { cachedSession, requireAccount } from './session-query.ts'

async function goToStart() {
  const session = await cachedSession()
  if (!session) return null
  const { startPathFor } = await import('./start-path.ts')
  return redirect(startPathFor(session))
}

const routes: RouteObject[] = [
  {
    ErrorBoundary: RouteError,
    // The page is empty until the first screen is there: a moment, shorter than any skeleton would be seen.
    HydrateFallback: () => null,
    Component: Outlet,
    children: [
      { path: routePatterns.signIn, lazy: () => import('./features/session/sign-in.route.tsx') },
      {
        path: routePatterns.chooseAccount,
        lazy: () => import('./features/session/choose-account.route.tsx'),
      },
      {
        path: routePatterns.twoStepRequired,
        lazy: () => import('./features/settings/two-step-required.route.tsx'),
      },
      {
        path: routePatterns.acceptInvitation,
        lazy: () => import('./features/session/accept-invitation.route.tsx'),
      },
      {
        path: routePatterns.forgotPassword,
        lazy: () => import('./features/session/forgot-password.route.tsx'),
      },
      {
        path: routePatterns.resetPassword,
        lazy: () => import('./features/session/reset-password.route.tsx'),
      },
      {
        middleware: [requireAccount],
        lazy: () => import('./shell/shell.route.tsx'),
        children: [
          {
            ErrorBoundary: RouteError,
            children: [
              { index: true, loader: goToStart },
              ...screens,
              { path: '*', lazy: () => import('./not-found.route.tsx') },
            ],
          },
        ],
      },
    ],
  },
]

export const makeRouter = () => createBrowserRouter(routes)
