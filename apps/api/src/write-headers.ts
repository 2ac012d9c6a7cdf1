const reads = 'only reads; what is asked about is too long or too secret for an address'
const cookie = 'its answer is a cookie that nobody can give again, and the former one has ended'
const oneLink = 'the link in its body works once'

/** Routes that are no GET and yet write nothing of an account, or whose caller is known by what the body has. */
export const withoutKey: Readonly<Record<string, string>> = {
  'POST /packaged-components/draft': reads,
  'POST /installations/{installationId}/detachments/preview': reads,
  'POST /account-groups/{groupId}/pack-removals/preview': reads,
  'POST /account-groups/{groupId}/account-removals/preview': reads,
  'POST /invitation-links/reading': reads,
  'POST /invitation-links/new-user': oneLink,
  'POST /invitation-links/acceptance': oneLink,
  'POST /password-resets/completion': oneLink,
  'POST /password-resets': 'answers everybody alike, and nobody is signed in whose key it could be',
  'POST /session': 'nobody is signed in yet whose key it could be',
  'POST /session/code': 'nobody is signed in yet whose key it could be',
  'DELETE /session': 'a second time ends nothing, and nobody is signed in any more whose key it could be',
  'PUT /user/password': cookie,
  'POST /user/two-step-sign-in': 'its answer is a key that is shown once, and a second time makes another',
  'POST /user/two-step-sign-in/confirmation': cookie,
  'POST /user/two-step-sign-in/removal': cookie,
  'POST /user/two-step-sign-in/recovery-codes': 'the code in its body counts once',
}

const creates = 'creates, and there is nothing yet that somebody has seen'

/** Where there is nothing that somebody could have an outdated copy of. */
export const withoutCondition: Readonly<Record<string, string>> = {
  ...withoutKey,
  'POST /components': creates,
  'POST /packaged-components': creates,
  'POST /integration-packs': creates,
  'POST /installations': creates,
  'POST /environments': creates,
  'POST /atoms': creates,
  'POST /accounts': creates,
  'POST /account-groups': creates,
  'POST /roles': creates,
  'POST /webhooks': creates,
  'POST /invitations': creates,
  'POST /user/tokens': creates,
  'POST /users/{userId}/password-resets': creates,
  'POST /notices/read': 'its body says up to which notice',
  'DELETE /user/sessions/{sessionId}': 'a session does not change, it only ends, and then it is not found',
  'PUT /demo/clock': 'the clock has gone on since anybody saw it',
  'DELETE /demo/clock': 'the clock has gone on since anybody saw it',
}
