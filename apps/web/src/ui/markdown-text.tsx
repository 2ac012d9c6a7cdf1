import ReactMarkdown, { type Components } from 'react-markdown'
import classes from './markdown-text.module.css'

/** Headings of a note stay below those of the page. */
const components: Components = {
  h1: ({ children }) => <h4>{children}</h4>,
  h2: ({ children }) => <h5>{children}</h5>,
  h3: ({ children }) => <h6>{children}</h6>,
  a: ({ children, href }) => (
    <a className="link" href={href} rel="noopener noreferrer nofollow" target="_blank">
      {children}
    </a>
  ),
}

export function MarkdownText({ children }: { children: string }) {
  return (
    <div className={classes['root']}>
      <ReactMarkdown components={components} disallowedElements={['img']}>
        {children}
      </ReactMarkdown>
    </div>
  )
}
