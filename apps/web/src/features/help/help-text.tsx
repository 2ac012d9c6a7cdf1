import { useEffect } from 'react'
import type { Components } from 'react-markdown'
import { useLocation } from 'react-router'
import { MarkdownText } from '../../ui/markdown-text.tsx'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { headingId, helpAddressOf } from './help-address.ts'
import classes from './help-text.module.css'
import { splitTables, type TextTable } from './split-tables.ts'

/** One of the texts, with its tables, and links that stay in the help. Goes to the heading that the address names. */
export function HelpText({ text }: { text: string }) {
  const { hash } = useLocation()
  useEffect(() => {
    const heading = document.getElementById(hash.slice(1))
    heading?.scrollIntoView()
    heading?.focus({ preventScroll: true })
  }, [hash, text])
  return (
    <div className={classes['root']}>
      {[...splitTables(text).entries()].map(([place, part]) =>
        typeof part === 'string' ? (
          <MarkdownText key={place} components={inText}>
            {part}
          </MarkdownText>
        ) : (
          <HelpTable key={place} table={part} />
        ),
      )}
    </div>
  )
}

function HelpTable({ table: { head, rows } }: { table: TextTable }) {
  const label = head.filter(Boolean).join(', ')
  return (
    <ScrollBox label={label} minWidth={head.length > 2 ? 480 : 0}>
      <table className={classes['table']} aria-label={label}>
        <thead>
          <tr>
            {head.map((cell) => (
              <th key={cell} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells) => (
            <tr key={cells[0]}>
              {[...cells.entries()].map(([place, cell]) => (
                <td key={place}>
                  <MarkdownText components={inCell}>{cell}</MarkdownText>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

type MarkdownNode = { type: string; value?: string; children?: readonly MarkdownNode[] }

const wordsOf = ({ value = '', children = [] }: MarkdownNode): string =>
  value + children.map(wordsOf).join('')

const inText: Components = {
  h2: ({ node, children }) => (
    <h2 id={node && headingId(wordsOf(node))} tabIndex={-1} data-heading className={classes['heading']}>
      {children}
    </h2>
  ),
  a: ({ href = '', children }) => {
    const address = helpAddressOf(href)
    if (address !== null) return <TextLink to={address}>{children}</TextLink>
    if (!href.startsWith('https://')) return children
    return (
      <a className="link" href={href} rel="noopener noreferrer" target="_blank">
        {children}
      </a>
    )
  },
  pre: ({ children }) => <pre className={classes['example']}>{children}</pre>,
}

/** A cell is no paragraph. */
const inCell: Components = { ...inText, p: ({ children }) => children }
