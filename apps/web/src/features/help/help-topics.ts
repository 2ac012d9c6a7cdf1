export type HelpTopic = {
  /** The name of the text in docs, and of its address. */
  name: string
  title: string
  load: () => Promise<{ default: string }>
}

/**
 * What is told to people who work with Packline, by what they do. The texts are those of the repository's docs, each in
 * a script of its own; what is for whoever runs or builds Packline is not among them.
 */
export const helpGroups: readonly { title: string; topics: readonly HelpTopic[] }[] = [
  {
    title: 'Publishing',
    topics: [
      {
        name: 'packaging-components',
        title: 'Packaging components',
        load: () => import('../../../../../docs/packaging-components.md?raw'),
      },
      {
        name: 'releasing-an-integration-pack',
        title: 'Releasing an integration pack',
        load: () => import('../../../../../docs/releasing-an-integration-pack.md?raw'),
      },
      {
        name: 'account-groups',
        title: 'Account groups',
        load: () => import('../../../../../docs/account-groups.md?raw'),
      },
      {
        name: 'accounts',
        title: 'Managing accounts',
        load: () => import('../../../../../docs/accounts.md?raw'),
      },
    ],
  },
  {
    title: 'Using integration packs',
    topics: [
      {
        name: 'installing-packs-and-applying-updates',
        title: 'Installing integration packs and applying pending updates',
        load: () => import('../../../../../docs/installing-packs-and-applying-updates.md?raw'),
      },
      {
        name: 'running-an-atom',
        title: 'Running an Atom',
        load: () => import('../../../../../docs/running-an-atom.md?raw'),
      },
    ],
  },
  {
    title: 'For everybody',
    topics: [
      {
        name: 'dates-and-time-zones',
        title: 'Dates and time zones',
        load: () => import('../../../../../docs/dates-and-time-zones.md?raw'),
      },
      {
        name: 'notices',
        title: 'Notices',
        load: () => import('../../../../../docs/notices.md?raw'),
      },
    ],
  },
  {
    title: 'Administration',
    topics: [
      {
        name: 'users-and-roles',
        title: 'Users and roles',
        load: () => import('../../../../../docs/users-and-roles.md?raw'),
      },
      {
        name: 'audit-log',
        title: 'Reading and proving the audit log',
        load: () => import('../../../../../docs/audit-log.md?raw'),
      },
      {
        name: 'webhooks',
        title: 'Webhooks',
        load: () => import('../../../../../docs/webhooks.md?raw'),
      },
      {
        name: 'using-the-api',
        title: 'Using the API',
        load: () => import('../../../../../docs/using-the-api.md?raw'),
      },
    ],
  },
]

export const helpTopics = helpGroups.flatMap(({ topics }) => topics)

export const findTopic = (name: string) => helpTopics.find((topic) => topic.name === name)
