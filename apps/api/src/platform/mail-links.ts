import type { Env } from './env.ts'
import { hasMailServer } from './mail-outbox.ts'

/**
 * What the links in mails begin with; null without a mail server, where links are shown instead. Never taken from a
 * request: whoever sends one could lead the reader of the mail elsewhere.
 */
export const mailLinkBase = (env: Pick<Env, 'mail' | 'publicUrl'>): string | null =>
  hasMailServer(env) && env.publicUrl !== undefined ? env.publicUrl.replace(/\/+$/, '') : null
