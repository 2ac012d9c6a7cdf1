import ts from 'typescript'

import type { SourceFile } from '../repository.ts'
import { isCode, isTest, type Rule } from './rule.ts'
import { literalsOf, nodesOf, placeOf } from './syntax.ts'

/** Files that may read the machine's or the database's real time, and why. */
const allowedClockReads: Record<string, string> = {
  'apps/api/src/platform/atom-lookup.ts': 'Notes when a node was heard from, as atom-nodes.store.ts says.',
  'apps/api/src/platform/session-lookup.ts':
    'Sessions end by real time, so that moving the demo clock signs nobody out.',
  'apps/api/src/platform/token-lookup.ts': 'API tokens end by real time, like sessions.',
  'apps/api/src/features/api-tokens/api-tokens.store.ts':
    'As for token-lookup.ts, which lets in what this keeps.',
  'apps/api/src/features/api-tokens/api-tokens.views.ts':
    'Lists the tokens that token-lookup.ts still accepts.',
  'apps/api/src/features/audit-log/audit-seals.store.ts':
    'A seal says when it was made: what it vouches for is not moved with the demo clock.',
  'apps/api/src/features/sessions/sessions.store.ts':
    'As for session-lookup.ts, which ends what this begins.',
  'apps/api/src/features/invitations/invitations.store.ts':
    "An invitation's link ends by real time, so that moving the demo clock makes none live longer.",
  'apps/api/src/features/invitations/invitations.views.ts':
    'Says which links invitations.store.ts still accepts.',
  'apps/api/src/features/password-resets/password-resets.store.ts':
    'Links for new passwords end by real time, as invitations do.',
  'apps/api/src/features/sessions/single-sign-on.store.ts':
    'As for sessions: how long somebody is away at the provider is real time.',
  'apps/api/src/features/sessions/vouched-people.store.ts':
    'As for single-sign-on.store.ts: what the provider vouched for counts for some minutes of real time.',
  'apps/api/src/features/changes/standing-callers.views.ts':
    'Says which sessions and tokens session-lookup.ts and token-lookup.ts still accept.',
  'apps/api/src/features/sessions/sign-in-tickets.store.ts':
    'As for sessions: how long the code may take is real time.',
  'apps/api/src/features/sessions/two-step.store.ts':
    'Authenticator apps make their codes of real time, and know no other.',
  'apps/api/src/platform/sign-in-limit.ts':
    'How fast somebody guesses is real time: moving the demo clock gives nobody more tries.',
  'apps/api/src/platform/idempotency.ts':
    'Answers are kept for a week of real time, however far the demo clock jumps.',
  'apps/api/src/features/sessions/sessions.views.ts':
    'Lists the sessions that session-lookup.ts still accepts.',
  'apps/api/src/features/atoms/atom-nodes.store.ts':
    'Whether an Atom is online is a fact of the network: moving the demo clock takes nobody offline.',
  'apps/api/src/features/atoms/install-tokens.store.ts': 'One-time tokens end by real time, like sessions.',
  'apps/api/src/read-models/atom-nodes.ts':
    'Says for how long nodes have been silent, as atom-nodes.store.ts noted it.',
  'apps/api/src/platform/mail-outbox.ts':
    'A mail server that is away comes back in real time, and links in mails end by it.',
  'apps/api/src/features/webhooks/webhook-deliveries.store.ts':
    'When to call an address again is a fact of the network, and receivers check signatures by their own clock.',
  'apps/api/src/features/webhooks/webhooks.store.ts':
    'As for webhook-deliveries.store.ts: how long an address has been failing.',
  'apps/api/src/features/webhooks/webhooks.views.ts':
    'Turns the real times that webhook-deliveries.store.ts notes into those that the screen goes by.',
  'apps/api/src/platform-api/query/query-tokens.store.ts':
    'How long the rest of a query can be asked for is machine time: moving the demo clock ends no query.',
}

const watched = /^(apps\/api|packages\/(domain|contract))\/src\//

const sqlClock =
  /(?<![\w.])(now\(\)|(clock|statement|transaction)_timestamp\(\)|current_(timestamp|date|time)\b|localtime(stamp)?\b)/i
const sql = /\b(select|insert\s+into|update|delete\s+from)\b/i

/**
 * Business time is the settable `app_now()` of the database, handed on as `now`; code that reads another
 * clock disagrees with it in the demo, in tests and between instances.
 */
export const clockReads: Rule = (files) =>
  files
    .filter(({ path }) => isCode(path) && !isTest(path) && watched.test(path))
    .flatMap((file) => {
      const reads = [...readsInCode(file), ...readsInSql(file)]
      if (!(file.path in allowedClockReads)) return reads
      return reads.length > 0
        ? []
        : [`${file.path}: reads no clock any more. Take it off the list in structure/clock-reads.ts.`]
    })

const readsInCode = (file: SourceFile) =>
  nodesOf(file)
    .filter(readsClock)
    .map(
      (node) =>
        `${placeOf(file, node)}: ${node.getText()} reads the machine's clock. Take \`now\` as an argument; for durations use performance.now().`,
    )

const readsInSql = (file: SourceFile) =>
  literalsOf(file)
    .filter(({ text }) => sql.test(text) && sqlClock.test(text))
    .map(
      ({ node }) =>
        `${placeOf(file, node)}: the SQL reads the database's real time. Business time is app_now(), or a \`now\` passed in.`,
    )

function readsClock(node: ts.Node): boolean {
  if (ts.isNewExpression(node)) {
    return isNamed(node.expression, 'Date') && (node.arguments ?? []).length === 0
  }
  if (!ts.isPropertyAccessExpression(node)) return false
  const { expression, name } = node
  return (
    (isNamed(expression, 'Date') && name.text === 'now') ||
    (isNamed(expression, 'Temporal') && name.text === 'Now')
  )
}

const isNamed = (node: ts.Node, name: string) => ts.isIdentifier(node) && node.text === name
