/** The alerts that users of a group subscribe to by themselves. */
export type AlertLevel = 'NONE' | 'INFO' | 'WARNING' | 'ERROR'

export const alertLevelTable: Record<AlertLevel, { label: string }> = {
  NONE: { label: 'None' },
  INFO: { label: 'Info' },
  WARNING: { label: 'Warning' },
  ERROR: { label: 'Error' },
}

export const alertLevelHelp =
  'Users are subscribed to alerts of this level of accounts that are added later, and new users to those of all accounts of the group.'
