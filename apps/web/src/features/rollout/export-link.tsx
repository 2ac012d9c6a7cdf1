import { IconDownload } from '@tabler/icons-react'
import { api } from '../../api.ts'
import { isNarrowed, type RolloutAddress } from './rollout-address.ts'
import classes from './rollout-page.module.css'

/** The rows that the filters leave, all pages of them, as a file. */
export function ExportLink({ releaseId, address }: { releaseId: string; address: RolloutAddress }) {
  const { state, account, search } = address
  return (
    <p className={classes['foot']} data-no-print>
      <a
        className={`link ${classes['file']}`}
        href={api.rolloutCsvUrl(releaseId, { state, account, search })}
        download
      >
        <IconDownload size={15} aria-hidden />
        {isNarrowed(address) ? 'Download these rows as CSV' : 'Download all rows as CSV'}
      </a>
    </p>
  )
}
