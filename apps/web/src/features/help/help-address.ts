import { paths } from '../../paths.ts'
import { findTopic } from './help-topics.ts'

/**
 * Where a link in one of the texts leads within Packline: to a heading of the same text, or to another topic. Null for
 * what is no help: texts for whoever runs or builds Packline, and files of the repository.
 */
export function helpAddressOf(href: string): string | null {
  if (href.startsWith('#')) return href
  const [, name = '', heading = ''] = /^([a-z-]+)\.md(#.*)?$/.exec(href) ?? []
  return findTopic(name) ? paths.help(name) + heading : null
}

/** The id of a heading, as links write it: its letters and digits, with hyphens between the words. */
export const headingId = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-')
