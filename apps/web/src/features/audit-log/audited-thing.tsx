import type { AuditObject } from '@packline/contract/audit-log.ts'
import { TextLink } from '../../ui/text-link.tsx'
import classes from './audit-log.module.css'
import { objectLabel, objectPath } from './audit-words.ts'

/** What an entry is about: by its name now, as a link while it is there, with its kind under it. */
export function AuditedThing({ object }: { object: AuditObject }) {
  const path = objectPath(object)
  const name = object.name ?? object.id
  return (
    <>
      {path === null ? name : <TextLink to={path}>{name}</TextLink>}
      <span className={classes['under']}>{objectLabel(object)}</span>
    </>
  )
}
