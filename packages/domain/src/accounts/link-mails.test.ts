import { expect, test } from 'vitest'
import { invitationMail, passwordResetMail } from './link-mails.ts'
import { twoStepRequiredMail, twoStepTurnedOffMail } from './two-step-mails.ts'

const link = 'https://packline.example/accept-invitation#token=abc'

test('an invitation says who invites where to, with the link and how long it works', () => {
  const mail = invitationMail({ accountName: 'Bluebird', invitedByName: 'Ada Lovelace', link })
  expect(mail.subject).toBe('Invitation to Bluebird on Packline')
  expect(mail.text).toContain('Ada Lovelace has invited you to work in the account Bluebird')
  expect(mail.text).toContain(`\n${link}\n`)
  expect(mail.text).toContain('7 days')
  expect(mail.html).toContain(`<a href="${link}">Accept the invitation</a>`)
})

test('whoever lost their two-step sign-in is told who turned it off', () => {
  const mail = twoStepTurnedOffMail({ administratorName: '<b>Grace</b>' })
  expect(mail.text).toContain('<b>Grace</b> has turned off two-step sign-in for your user')
  expect(mail.html).toContain('&lt;b&gt;Grace')
})

test('whoever has no two-step sign-in is told which account requires it, and who decided that', () => {
  const mail = twoStepRequiredMail({ administratorName: 'Grace', accountName: 'Bluebird' })
  expect(mail.subject).toBe('The account Bluebird on Packline requires two-step sign-in')
  expect(mail.text).toContain('Grace has decided that the account Bluebird requires two-step sign-in.')
})

test('names are no markup', () => {
  const mail = invitationMail({ accountName: '<b>&"Co', invitedByName: "<a href='x'>Eve</a>", link })
  expect(mail.html).not.toMatch(/<b>|<a href='/)
  expect(mail.html).toContain('&lt;b&gt;&amp;&quot;Co')
  expect(mail.text).toContain('<b>&"Co')
})

test('a link for a new password says who asked for it', () => {
  expect(passwordResetMail({ administratorName: null, link }).text).toContain('Somebody, probably you,')
  const byAdministrator = passwordResetMail({ administratorName: 'Grace Hopper', link })
  expect(byAdministrator.text).toContain('Grace Hopper has sent you this link')
  expect(byAdministrator.text).toContain('30 minutes')
})
