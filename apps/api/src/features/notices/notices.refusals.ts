/** Unknown and somebody else's notices look alike. */
export const noticeMissing = {
  status: 404,
  code: 'notice-not-found',
  message: 'There is no such notice in this account.',
}

/** One's own notice, opened from a mail while working in another account. */
export const noticeElsewhere = (account: { accountId: string; accountName: string }) => ({
  status: 409,
  code: 'notice-elsewhere',
  message: `This notice is in the account ${account.accountName}. Switch to it to read it.`,
  details: account,
})

export const nothingToCome = {
  status: 404,
  code: 'nothing-to-come',
  message: 'This release is not scheduled any more, or this address was never one.',
}

export const noticeChanged = {
  code: 'notice-changed',
  message: 'You have read this notice meanwhile. Nothing was changed.',
}

export const preferencesChanged = {
  code: 'notice-preferences-changed',
  message:
    'You have changed your choice of mails since you opened it. Nothing was saved: look at it as it is now, then choose again.',
}
