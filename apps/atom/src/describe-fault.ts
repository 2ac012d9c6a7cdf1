import { statfs } from 'node:fs/promises'
import { Refused, Unreachable } from './client.ts'
import { WrongContent } from './download.ts'
import { codeOf } from './durable-files.ts'
import { CommandFailed } from './on-activate.ts'

const longestCause = 500

/** Why a delivery failed, as a sentence for the people who look at it on the server. */
export async function describeFault(error: unknown, directory: string): Promise<string> {
  return (await sentenceOf(error, directory)).slice(0, longestCause)
}

async function sentenceOf(error: unknown, directory: string): Promise<string> {
  const code = codeOf(error)
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return `The disk of the Atom is full${await freeSpace(directory)}. Free some space; the delivery is tried again by itself.`
  }
  if (error instanceof Unreachable || error instanceof WrongContent || error instanceof CommandFailed)
    return error.message
  if (error instanceof Refused) return `The server refused: ${error.message}`
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return `The Atom may not write to its directory ${directory} (${code}).`
  }
  return `The Atom could not carry it out: ${error instanceof Error ? error.message : String(error)}`
}

async function freeSpace(directory: string): Promise<string> {
  try {
    const { bavail, bsize } = await statfs(directory)
    return ` (${Math.floor((bavail * bsize) / 1_024)} KB free)`
  } catch {
    return ''
  }
}
