import { type LinkMail, mailOf } from '../accounts/link-mails.ts'

type Facts = { accountName: string; url: string; because: string; link: string }

/** Tells an administrator that a webhook of the account is not called any more. */
export const webhookPausedMail = ({ accountName, url, because, link }: Facts): LinkMail =>
  mailOf({
    subject: `A webhook of ${accountName} is paused`,
    before: [`Packline has stopped calling ${url}, a webhook of the account ${accountName}.`, because],
    link,
    linkText: 'Show the webhook',
    after: [
      'Mend what receives the calls, then resume the webhook: what still waits is sent then. What happens meanwhile is not.',
    ],
  })
