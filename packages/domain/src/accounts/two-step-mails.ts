import { mailBody } from '../text/mail-body.ts'

/** Tells a user that an administrator has turned off their two-step sign-in. */
export const twoStepTurnedOffMail = ({ administratorName }: { administratorName: string }) => ({
  subject: 'Your two-step sign-in on Packline was turned off',
  ...mailBody([
    `${administratorName} has turned off two-step sign-in for your user on Packline. All of your sessions have ended, and your password alone signs you in again.`,
    'Turn it on again in Settings > User Information. If you did not ask for this, change your password and tell your administrators.',
  ]),
})
