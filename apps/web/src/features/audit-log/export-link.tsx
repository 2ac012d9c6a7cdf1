import { IconDownload } from '@tabler/icons-react'
import { type AuditAddress, isNarrowed } from './audit-address.ts'
import classes from './audit-log.module.css'
import { auditCsvUrl } from './audit-log.queries.ts'

/** The entries that the filters leave, all pages of them, as a file. */
export function ExportLink({ address }: { address: AuditAddress }) {
  return (
    <p className={classes['foot']} data-no-print>
      <a className={`link ${classes['file']}`} href={auditCsvUrl(address)} download>
        <IconDownload size={15} aria-hidden />
        {isNarrowed(address) ? 'Download these entries as CSV' : 'Download the whole log as CSV'}
      </a>
    </p>
  )
}
