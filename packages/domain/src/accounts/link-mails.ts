import { mailBody } from '../text/mail-body.ts'
import { invitationDays, resetMinutes } from './link-limits.ts'

export type LinkMail = { subject: string; text: string; html: string }

/** The mail with which somebody is invited. Names come from people, so they are no markup and no second line. */
export function invitationMail(facts: {
  accountName: string
  invitedByName: string
  link: string
}): LinkMail {
  const { accountName, invitedByName, link } = facts
  return mailOf({
    subject: `Invitation to ${accountName} on Packline`,
    before: [`${invitedByName} has invited you to work in the account ${accountName} on Packline.`],
    link,
    linkText: 'Accept the invitation',
    after: [
      `The link works once and for ${invitationDays} days. Whoever has it can accept in your name, so do not pass it on.`,
      'If you do not know what this is about, ignore this message: nothing happens until you accept.',
    ],
  })
}

/** The mail with the link to set a new password, asked for by the user or, when named, by an administrator. */
export function passwordResetMail(facts: { administratorName: string | null; link: string }): LinkMail {
  const { administratorName, link } = facts
  const asked =
    administratorName === null
      ? 'Somebody, probably you, has asked for a new password for your user on Packline.'
      : `${administratorName} has sent you this link to set a new password for your user on Packline.`
  return mailOf({
    subject: 'Set a new password on Packline',
    before: [asked],
    link,
    linkText: 'Set a new password',
    after: [
      `The link works once and for ${resetMinutes} minutes. Your old password stays until you have set a new one.`,
      'If you did not ask for it, ignore this message and tell your administrator if it comes again.',
    ],
  })
}

type Parts = { subject: string; before: string[]; link: string; linkText: string; after: string[] }

/** A mail around one link. */
export const mailOf = ({ subject, before, link, linkText, after }: Parts): LinkMail => ({
  subject,
  ...mailBody([...before, { label: linkText, url: link }, ...after]),
})
