import type { SealHead } from './features/audit-log/audit-checks.store.ts'
import type { LogBreak, VerifyOutcome } from './features/audit-log/verify-seals.ts'

const sentences: Record<LogBreak['kind'], string> = {
  'seal-missing': 'a seal is missing',
  'seal-replaced': 'the seal does not follow the one before it',
  'entry-changed': 'an entry is not the one that was sealed',
  'entry-removed': 'a sealed entry is gone from this account',
  'seal-changed': 'the seal or the list of its entries was changed',
  'placed-nowhere': 'an entry was sealed by a seal that is gone',
  'entry-unannounced':
    'an entry is neither sealed nor waiting to be: it was inserted past the log, or unsealed',
  'removed-unsealed': 'an entry was removed before it was sealed',
  'sealed-twice': 'an entry waits to be sealed though it is',
  'kept-seal-differs': 'a seal that was kept elsewhere is not the one in the database',
}

/** What the command prints: what was found, then the newest seals, one line each. */
export function tellVerdict({ breaks, entries, seals, unsealed, heads }: VerifyOutcome): string {
  const counted = `${entries} entries in ${seals} seals of ${heads.length} accounts; ${unsealed} entries are not sealed yet`
  if (breaks.length === 0) {
    return [
      `The audit log is what was sealed: ${counted}.`,
      ...(heads.length > 0 ? ['Newest seals, to be kept elsewhere:'] : []),
      ...heads.map(({ accountId, sequence, hash }) => `${accountId} ${sequence} ${hash}`),
    ].join('\n')
  }
  return [
    `The audit log is NOT what was sealed (${counted}):`,
    ...breaks.map(({ kind, accountId, sequence, entryId }) =>
      [
        `account ${accountId}`,
        ...(sequence === null ? [] : [`seal ${sequence}`]),
        ...(entryId === null ? [] : [`entry ${entryId}`]),
      ]
        .join(', ')
        .concat(`: ${sentences[kind]}`),
    ),
  ].join('\n')
}

/** Newest seals as printed before; other lines are passed over. Undefined when there is none. */
export function readSealHeads(text: string): SealHead[] | undefined {
  const heads = [...text.matchAll(/^([A-Za-z0-9_-]+) (\d{1,9}) ([0-9a-f]{64})\s*$/gm)].map(
    ([, accountId = '', sequence, hash = '']) => ({ accountId, sequence: Number(sequence), hash }),
  )
  return heads.length > 0 ? heads : undefined
}
