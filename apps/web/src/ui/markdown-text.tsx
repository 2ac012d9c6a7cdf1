import ReactMarkdown, { type Components } from 'react-markdown'
import classes from './markdown-text.module.css'

const Title: Components['h1'] = ({ children }) => <p className={classes['title']}>{children}</p>

/** Headings of a note are not headings of the page, whose order they would break. */
const inNote: Components = {
  h1: Title,
  h2: Title,
  h3: Title,
  h4: Title,
  h5: Title,
  h6: Title,
  a: ({ children, href }) => (
    <a className="link" href={href} rel="noopener noreferrer nofollow" target="_blank">
      {children}
    </a>
  ),
}

type MarkdownTextProps = {
  children: string
  /** How its parts are shown, where the text is not a note in a page but a page itself. */
  components?: Components
}

export function MarkdownText({ children, components = inNote }: MarkdownTextProps) {
  return (
    <div className={classes['root']}>
      <ReactMarkdown components={components} disallowedElements={['img']}>
        {children}
      </ReactMarkdown>
    </div>
  )
}
