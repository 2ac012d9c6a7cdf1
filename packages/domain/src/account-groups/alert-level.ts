/** Which alerts the users of a group are to get: kept for clients of the Platform API, Packline itself sends none. */
export type AlertLevel = 'NONE' | 'INFO' | 'WARNING' | 'ERROR'

export const alertLevelTable: Record<AlertLevel, { label: string }> = {
  NONE: { label: 'None' },
  INFO: { label: 'Info' },
  WARNING: { label: 'Warning' },
  ERROR: { label: 'Error' },
}

export const alertLevelHelp =
  'Kept for the Platform API, whose clients read and set it. Packline itself sends no such alerts.'
