import type { ConsumerRelease } from '@packline/contract/consumer-releases.ts'
import { componentTypeTable } from '@packline/domain/packaged-components/component-type.ts'
import { Markdown } from '../ui/markdown.tsx'
import classes from './consumer-release-details.module.css'

/** What a release brings, as a managed account sees it: its notes and the version of each component. */
export function ConsumerReleaseDetails({ release }: { release: ConsumerRelease }) {
  return (
    <div className={classes['root']}>
      {release.notes === '' ? (
        <p className={classes['none']}>The publisher wrote no release notes.</p>
      ) : (
        <Markdown>{release.notes}</Markdown>
      )}
      <ComponentVersions release={release} />
    </div>
  )
}

/** The components of a release with their versions. */
export function ComponentVersions({ release }: { release: ConsumerRelease }) {
  return (
    <ul className={classes['list']} aria-label="Components and versions">
      {release.components.map((component) => (
        <li key={component.componentId}>
          <span className={classes['name']}>{component.componentName}</span>
          <span className={classes['type']}>{componentTypeTable[component.componentType].label}</span>
          <span className={classes['version']}>{component.version}</span>
        </li>
      ))}
    </ul>
  )
}
