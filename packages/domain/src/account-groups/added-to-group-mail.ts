import { mailBody, oneLine } from '../text/mail-body.ts'

type Added = { actorName: string; groupName: string; roles: readonly string[] }

/** Tells a user that they may work in the accounts of a group from now on. */
export const addedToGroupMail = ({ actorName, groupName, roles }: Added) => ({
  subject: oneLine(`You may now work in the accounts of ${groupName} on Packline`),
  ...mailBody([
    `${actorName} has added you to the account group ${groupName} on Packline, with ${roles.length === 1 ? 'the role' : 'the roles'} ${roles.join(', ')}.`,
    'You find its accounts at the top of every page, where you switch accounts. Where you have a role of your own in one of them, that one counts.',
  ]),
})
