import { endingOf } from '../packaged-components/media-ending.ts'

const longestStem = 100

/**
 * What the files of a release are called on an Atom: plain names that every file system takes and reads alike, each
 * once. Two components with one name are told apart by their ids.
 */
export function nameFiles<Named extends { componentId: string; componentName: string; mediaType: string }>(
  packages: readonly Named[],
): (Named & { fileName: string })[] {
  const plain = packages.map(
    ({ componentName, mediaType }) => `${stemOf(componentName)}${endingOf(mediaType)}`,
  )
  return packages.map((one, index) => {
    const fileName = plain[index] ?? ''
    const isAlone = plain.filter((name) => name === fileName).length === 1
    return { ...one, fileName: isAlone ? fileName : withId(one) }
  })
}

const withId = ({ componentId, componentName, mediaType }: Parameters<typeof nameFiles>[0][number]) =>
  `${stemOf(componentName)}-${componentId}${endingOf(mediaType)}`

function stemOf(name: string): string {
  const stem = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, longestStem)
    .replaceAll(/^-+|-+$/g, '')
  return stem || 'component'
}
