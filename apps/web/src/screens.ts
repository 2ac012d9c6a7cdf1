import type { RouteObject } from 'react-router'
import { routePatterns } from './paths.ts'

/**
 * Every screen, each in a chunk of its own. A screen's module exports `Component` and, where it loads data, `loader`. The build
 * reads this list as well: the server names a screen's scripts together with the page.
 */
export const screens: RouteObject[] = [
  { path: routePatterns.components, lazy: () => import('./features/components/component-list.route.tsx') },
  { path: routePatterns.component, lazy: () => import('./features/components/component-page.route.tsx') },

  {
    path: routePatterns.packagedComponents,
    lazy: () => import('./features/packaged-components/package-list.route.tsx'),
  },
  {
    path: routePatterns.createPackages,
    lazy: () => import('./features/packaged-components/create-packages.route.tsx'),
  },
  {
    path: routePatterns.comparePackages,
    lazy: () => import('./features/packaged-components/compare-packages.route.tsx'),
  },

  {
    path: routePatterns.packs,
    lazy: () => import('./features/integration-packs/pack-page.route.tsx'),
    children: [
      { index: true, lazy: () => import('./features/integration-packs/first-pack.route.tsx') },
      {
        path: routePatterns.pack,
        lazy: () => import('./features/integration-packs/pack-details.route.tsx'),
        children: [
          {
            lazy: () => import('./features/integration-packs/pack-contents.route.tsx'),
            // What is scheduled or going out stands above the Packaged Components.
            children: [{ index: true, lazy: () => import('./features/releases/release-standing.route.tsx') }],
          },
          {
            path: routePatterns.releaseHistory,
            lazy: () => import('./features/releases/release-history.route.tsx'),
          },
        ],
      },
    ],
  },
  {
    path: routePatterns.installations,
    lazy: () => import('./features/installations/installations-page.route.tsx'),
    children: [
      { index: true, lazy: () => import('./features/installations/first-installation.route.tsx') },
      {
        path: routePatterns.installation,
        lazy: () => import('./features/installations/installation-details.route.tsx'),
      },
    ],
  },
  {
    path: routePatterns.atomManagement,
    lazy: () => import('./features/atom-management/atom-management.route.tsx'),
    children: [
      { index: true, lazy: () => import('./features/atom-management/first-environment.route.tsx') },
      {
        path: routePatterns.environment,
        lazy: () => import('./features/atom-management/environment.route.tsx'),
        children: [
          {
            index: true,
            lazy: () => import('./features/atom-management/environment-properties.route.tsx'),
          },
          {
            path: routePatterns.environmentPacks,
            lazy: () => import('./features/atom-management/environment-packs.route.tsx'),
          },
        ],
      },
      {
        path: routePatterns.atom,
        lazy: () => import('./features/atom-management/atom.route.tsx'),
        children: [
          { index: true, lazy: () => import('./features/atom-management/atom-properties.route.tsx') },
          {
            path: routePatterns.atomPacks,
            lazy: () => import('./features/atom-management/atom-packs.route.tsx'),
          },
        ],
      },
    ],
  },
  { path: routePatterns.releaseWizard, lazy: () => import('./features/releases/release-wizard.route.tsx') },
  { path: routePatterns.release, lazy: () => import('./features/releases/release-page.route.tsx') },
  { path: routePatterns.punctuality, lazy: () => import('./features/punctuality/punctuality.route.tsx') },
  { path: routePatterns.rollout, lazy: () => import('./features/rollout/rollout.route.tsx') },

  { path: routePatterns.notices, lazy: () => import('./features/notices/notices.route.tsx') },
  { path: routePatterns.notice, lazy: () => import('./features/notices/notice.route.tsx') },
  { path: routePatterns.help, lazy: () => import('./features/help/help.route.tsx') },
  {
    path: routePatterns.userInformation,
    lazy: () => import('./features/settings/user-information.route.tsx'),
  },
  {
    path: routePatterns.accountInformation,
    lazy: () => import('./features/account-setup/account-setup.route.tsx'),
    children: [
      { index: true, lazy: () => import('./features/account-setup/account-information.route.tsx') },
      { path: routePatterns.auditLog, lazy: () => import('./features/audit-log/audit-log.route.tsx') },
      {
        path: routePatterns.managedAccounts,
        lazy: () => import('./features/account-setup/managed-accounts.route.tsx'),
      },
      {
        path: routePatterns.managedAccount,
        lazy: () => import('./features/account-setup/managed-account.route.tsx'),
      },
      {
        path: routePatterns.accountGroups,
        lazy: () => import('./features/account-groups/first-group.route.tsx'),
      },
      {
        path: routePatterns.accountGroup,
        lazy: () => import('./features/account-groups/account-group.route.tsx'),
        children: [
          { index: true, lazy: () => import('./features/account-groups/access-control.route.tsx') },
          {
            path: routePatterns.groupResources,
            lazy: () => import('./features/account-groups/group-resources.route.tsx'),
          },
        ],
      },
      { path: routePatterns.webhooks, lazy: () => import('./features/webhooks/webhooks.route.tsx') },
      { path: routePatterns.webhook, lazy: () => import('./features/webhooks/webhook.route.tsx') },
      {
        path: routePatterns.accountUsers,
        lazy: () => import('./features/users-and-roles/account-users.route.tsx'),
      },
      { path: routePatterns.roles, lazy: () => import('./features/users-and-roles/roles.route.tsx') },
    ],
  },
]
