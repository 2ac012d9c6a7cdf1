/** The field of the release notes, to which a refusal of them leads. */
export const notesId = 'release-notes'
