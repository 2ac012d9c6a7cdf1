import { Link, type LinkProps } from 'react-router'

/** A link in running text or in a table cell. */
export function TextLink({ className, ...props }: LinkProps) {
  return <Link {...props} className={className ? `link ${className}` : 'link'} />
}
