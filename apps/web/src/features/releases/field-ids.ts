// The fields of the second step to which a refusal leads; apart from them, since the first step shows refusals too.
export const notesId = 'release-notes'
export const releaseDateId = 'release-on-date'
