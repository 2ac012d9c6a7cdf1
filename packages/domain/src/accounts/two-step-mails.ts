import { mailBody } from '../text/mail-body.ts'

type RequiredTwoStep = { administratorName: string; accountName: string }

/** Tells somebody without two-step sign-in that an account they work in requires it from now on. */
export const twoStepRequiredMail = ({ administratorName, accountName }: RequiredTwoStep) => ({
  subject: `The account ${accountName} on Packline requires two-step sign-in`,
  ...mailBody([
    `${administratorName} has decided that the account ${accountName} requires two-step sign-in. You have none yet: until you turn it on you can do nothing in that account, and neither can your API tokens.`,
    'Sign in as you always do: Packline leads you to turning it on. It takes an authenticator app on your phone. Where you come by single sign-on, nothing changes.',
  ]),
})

/** Tells a user that an administrator has turned off their two-step sign-in. */
export const twoStepTurnedOffMail = ({ administratorName }: { administratorName: string }) => ({
  subject: 'Your two-step sign-in on Packline was turned off',
  ...mailBody([
    `${administratorName} has turned off two-step sign-in for your user on Packline. All of your sessions have ended, and your password alone signs you in again.`,
    'Turn it on again in Settings > User Information. If you did not ask for this, change your password and tell your administrators.',
  ]),
})
