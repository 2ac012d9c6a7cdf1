/** A paragraph, or a link under its own words. */
export type MailPart = string | { label: string; url: string }

/**
 * The same mail as plain text and as HTML. What people wrote is text in both, whatever it looks like: `parts` hold no
 * markup.
 */
export function mailBody(parts: readonly MailPart[]): { text: string; html: string } {
  const shown = parts.filter((part) => part !== '')
  return {
    text: `${shown.map((part) => (typeof part === 'string' ? part : `${part.label}:\n${part.url}`)).join('\n\n')}\n`,
    html: shown
      .map((part) =>
        typeof part === 'string'
          ? `<p>${escapeHtml(part).replaceAll('\n', '<br>\n')}</p>`
          : `<p><a href="${escapeHtml(part.url)}">${escapeHtml(part.label)}</a></p>`,
      )
      .join('\n'),
  }
}

/** For one line, such as a subject: line breaks and other control characters become spaces. */
export const oneLine = (text: string) => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
export const escapeHtml = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign)
