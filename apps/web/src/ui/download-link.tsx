import { IconDownload } from '@tabler/icons-react'
import classes from './download-link.module.css'

/** A link that saves a file. `what` becomes part of its name, as in "Download revision 3". */
export function DownloadLink({ href, what }: { href: string; what: string }) {
  return (
    <a className={`link ${classes['root']}`} href={href} download aria-label={`Download ${what}`}>
      <IconDownload size={15} aria-hidden />
      Download
    </a>
  )
}
