import { countCharacters } from '../text/clean-text.ts'
import { commonPasswords, commonWords } from './common-passwords.ts'

export const passwordMinimum = 8
export const passwordMaximum = 1_024

export type PasswordRefusal =
  | 'password-too-short'
  | 'password-too-long'
  | 'password-too-common'
  | 'password-is-email'

export type PasswordDecision = { kind: 'accepted' } | { kind: 'refused'; reason: PasswordRefusal }

/** Is it in the lists of passwords that have leaked? They are too long for this package. */
export type IsLeaked = (password: string) => boolean

/**
 * May this be somebody's password? Length counts and guessing lists are consulted; which kinds of characters are in it
 * is nobody's business (ASVS 6.2.5). Spaces and every script are fine, and nothing is cut off.
 */
export function judgePassword(password: string, email: string, isLeaked: IsLeaked): PasswordDecision {
  const length = countCharacters(password.normalize('NFKC'))
  if (length < passwordMinimum) return refused('password-too-short')
  if (length > passwordMaximum) return refused('password-too-long')
  if (isEmail(password, email)) return refused('password-is-email')
  return isCommon(password) || isLeaked(password) ? refused('password-too-common') : { kind: 'accepted' }
}

const refused = (reason: PasswordRefusal): PasswordDecision => ({ kind: 'refused', reason })

function isEmail(password: string, email: string): boolean {
  const [text, address] = [password.trim().toLowerCase(), email.trim().toLowerCase()]
  return text === address || text === address.split('@')[0]
}

function isCommon(password: string): boolean {
  const text = password.trim().toLowerCase()
  const word = wordIn(text)
  return (
    commonPasswords.has(text) ||
    [word, spelledOut(word)].some((form) => commonPasswords.has(form) || commonWords.has(form)) ||
    isRepetition(text) ||
    isRun(text)
  )
}

/** `password` of `p4$$w0rd`. */
const spelledOut = (text: string) => text.replace(/[@013457$!]/g, (sign) => leet[sign] ?? sign)

const leet: Record<string, string> = {
  '@': 'a',
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  $: 's',
}

/** `p4$$w0rd` of `!p4$$w0rd2026`; digits and signs at the ends are what everybody adds. */
const wordIn = (text: string) => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')

/** `aaaaaaaa`, `abcabcabc`, `12121212`: one piece of up to four characters again and again. */
const isRepetition = (text: string) => /^(.{1,4}?)\1+.{0,3}$/u.test(text) && new Set(text).size <= 4

const rows = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'qwertzuiop', 'asdfghjkl', 'zxcvbnm']
const runs = rows.flatMap((row) => [row, [...row].toReversed().join('')])

/** `12345678`, `87654321`, `qwertyui`, `abcdefgh`: a stretch of the alphabet, the digits or a row of keys, or two of them. */
function isRun(text: string): boolean {
  const [longest, rest] = longestRun(text)
  return longest >= 4 && (rest === '' || longestRun(rest)[0] === rest.length)
}

/** How long the run at the start of the text is, and what follows it. */
function longestRun(text: string): [number, string] {
  for (let length = text.length; length > 0; length--) {
    const start = text.slice(0, length)
    if (runs.some((run) => run.includes(start))) return [length, text.slice(length)]
  }
  return [0, text]
}
