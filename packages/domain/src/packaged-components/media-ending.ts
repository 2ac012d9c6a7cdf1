/** What files of these media types are usually called at the end. */
const endings: Record<string, string> = {
  'application/xml': '.xml',
  'text/xml': '.xml',
  'application/json': '.json',
  'application/yaml': '.yaml',
  'text/yaml': '.yaml',
  'text/plain': '.txt',
  'text/csv': '.csv',
  'application/zip': '.zip',
  'application/java-archive': '.jar',
  'application/pdf': '.pdf',
}

/** What a file with this media type is usually called at the end. */
export const endingOf = (mediaType: string) =>
  endings[mediaType.split(';')[0]?.trim().toLowerCase() ?? ''] ?? '.bin'
